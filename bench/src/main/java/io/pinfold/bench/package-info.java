/** Whole-system measurements on real processes; each prints what it measured and judges nothing. */
@NullMarked
package io.pinfold.bench;

import org.jspecify.annotations.NullMarked;
