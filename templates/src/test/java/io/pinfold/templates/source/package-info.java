/** Tests of the sources of templates. */
@NullMarked
package io.pinfold.templates.source;

import org.jspecify.annotations.NullMarked;
