/** The JSON form of templates: strict, bounded reading, and writing. */
@NullMarked
package io.pinfold.templates.json;

import org.jspecify.annotations.NullMarked;
