package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ipfs}. */
@Command(name = "ipfs", description = "the content of the IPFS node within this peer, whether the peer runs or not", footerHeading = "%n", footer = {
    "While the peer runs, these commands ask it, by the socket ipfs.sock in its folder. Else they open the node",
    "themselves, without a network: what is not on this disk is then not found.",
    "Content added here is on this node alone; 'cluster-ctl add' shares it with the cluster.",
    "Exit codes of their own: 11 for blocks that are damaged or missing (verify), 125 for a command that was",
    "told to stop before it was done."}, subcommands = {
        AddCommand.class, GetCommand.class, ListCommand.class, CatCommand.class, PinCommand.class,
        ExportCommand.class, ImportCommand.class, CollectCommand.class, StatCommand.class,
        VerifyCommand.class})
public final class IpfsCommand extends CommandGroup {

    /** Made by Picocli. */
    public IpfsCommand() {}
}
