/** Tests of the programs. */
@NullMarked
package io.pinfold.cli.service;

import org.jspecify.annotations.NullMarked;
