/** What a program has of the world around it, and what all programs have in common. */
@NullMarked
package io.pinfold.cli.console;

import org.jspecify.annotations.NullMarked;
