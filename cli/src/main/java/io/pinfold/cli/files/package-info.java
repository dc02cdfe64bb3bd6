/** Files and folders of this machine as what a request carries. */
@NullMarked
package io.pinfold.cli.files;

import org.jspecify.annotations.NullMarked;
