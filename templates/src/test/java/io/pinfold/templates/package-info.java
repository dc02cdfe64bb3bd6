/** Tests of templates. */
@NullMarked
package io.pinfold.templates;

import org.jspecify.annotations.NullMarked;
