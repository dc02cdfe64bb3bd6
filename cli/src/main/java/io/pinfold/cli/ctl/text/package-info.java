/** The API's values as text for people, line by line as ipfs-cluster-ctl prints them. */
@NullMarked
package io.pinfold.cli.ctl.text;

import org.jspecify.annotations.NullMarked;
