/** Tests of the JSON of templates. */
@NullMarked
package io.pinfold.templates.json;

import org.jspecify.annotations.NullMarked;
