/** Faults around a whole embedded node: kills and full disks amidst what it does. */
@NullMarked
package io.pinfold.ipfsnode.faults;

import org.jspecify.annotations.NullMarked;
