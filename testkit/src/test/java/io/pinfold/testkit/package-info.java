/** Tests of the test kit: that what it promises to end ends, and that its time and network are deterministic. */
@NullMarked
package io.pinfold.testkit;

import org.jspecify.annotations.NullMarked;
