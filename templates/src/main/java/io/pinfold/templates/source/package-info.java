/** Where templates come from, and who is at fault when they do not. */
@NullMarked
package io.pinfold.templates.source;

import org.jspecify.annotations.NullMarked;
