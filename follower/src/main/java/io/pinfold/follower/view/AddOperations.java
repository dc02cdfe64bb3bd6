package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Putting files into the cluster, or into this peer's node alone; the contract is {@link ClusterPeer}'s.
 *
 * <p>Whatever the backend, blocks are made here, so that the CIDs are those of {@code ipfs add}. What is put stays until it is
 * pinned; an upload that fails, or whose consumer throws, leaves no pin, and the node is free to remove what came. Roots are told
 * last, when they are kept durably.
 */
public interface AddOperations {

    /** Why an upload would be in vain, to be asked before it is taken: NotAWriter, Invalid or Busy. */
    Optional<Failure> hindrance(AddRequest request);

    /**
     * Puts files and folders in and keeps them.
     *
     * @return the roots, Invalid for what was sent, NotStored, BackendAway, Busy, or what {@link PinOperations#pin} answers. If
     *         {@code upload} itself failed, its own answer says more than this one
     */
    Answer<List<Cid>> add(AddRequest request, Upload upload, Consumer<? super Added> each);

    /**
     * Puts the blocks of a CAR in and keeps its roots, of which there is exactly one if the goal is the cluster; all that they
     * reach must be in it or here. The layout of {@code request} means nothing, and nothing is wrapped.
     *
     * @param name of what is told
     * @param car is read to its end
     * @return as {@link #add}
     */
    Answer<List<Cid>> addCar(AddRequest request, String name, InputStream car, Consumer<? super Added> each);
}
