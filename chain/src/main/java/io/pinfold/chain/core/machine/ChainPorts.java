package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlockBackup;
import io.pinfold.chain.HeadChannel;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.StateListener;

/** The ways out of a chain. */
public record ChainPorts(HeadChannel heads, RangeSource source, BlockBackup backup, StateListener listener) {}
