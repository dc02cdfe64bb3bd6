package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;

/** Why a peer did not do what it was asked, in a form that programs can tell apart. */
public sealed interface Failure {

    /** One clear sentence for people; programs tell failures apart by their type. */
    String sentence();

    /** The CID has no pin. */
    record NotInPinset(Cid cid) implements Failure {
        @Override
        public String sentence() {
            return "pin is not part of the pinset"; // ipfs-cluster's words
        }
    }

    /** This peer may not change the pinset. */
    record NotAWriter(Why why) implements Failure {

        /** What keeps this peer from writing. */
        public enum Why {
            /** It was configured as a follower. */
            FOLLOWER_MODE("this peer is configured to be in follower mode. Write operations are disabled"),
            /** Its key is not among those that the cluster trusts. */
            KEY_NOT_TRUSTED("this peer's key is not one of the cluster's trusted keys, so it cannot change the pinset"),
            /** It was just started and must hear from a peer first, lest it reuse a sequence number. */
            WAITING_FOR_PEERS("this peer has not heard from another since it started and will not sign before; "
                    + "start it with --alone if there is none"),
            /** Its clock differs too much from that of other trusted peers. */
            CLOCK_SKEWED("this peer's clock differs by more than 5 minutes from the other trusted peers' clocks");

            private final String sentence;

            Why(String sentence) {
                this.sentence = sentence;
            }
        }

        @Override
        public String sentence() {
            return why.sentence;
        }
    }

    /** A value in the request breaks a rule that only the peer can check. */
    record Invalid(String field, String why) implements Failure {
        @Override
        public String sentence() {
            return "invalid " + field + ": " + why;
        }
    }

    /** A path could not be resolved to a CID. */
    record Unresolved(String path, String why) implements Failure {
        @Override
        public String sentence() {
            return "cannot resolve " + path + ": " + why;
        }
    }

    /** The IPFS backend is needed and does not answer. */
    record BackendAway(String why) implements Failure {
        @Override
        public String sentence() {
            return "the IPFS node does not answer: " + why;
        }
    }

    /** The IPFS backend did not take what was to be put in: full, over budget, or broken. */
    record NotStored(String why) implements Failure {
        @Override
        public String sentence() {
            return "the IPFS node did not take the content: " + why;
        }
    }

    /** A queue is at its bound; the same request may succeed later. */
    record Busy(String queue, int bound) implements Failure {
        @Override
        public String sentence() {
            return queue + " is full (" + bound + "); try again later";
        }
    }

    /** The peer is starting, stopping or repairing its state. */
    record NotReady(String why) implements Failure {
        @Override
        public String sentence() {
            return "this peer is not ready: " + why;
        }
    }

    /** Another peer did not answer, or refused to. */
    record PeerAway(String peer, String why) implements Failure {
        @Override
        public String sentence() {
            return "peer " + peer + " does not answer: " + why;
        }
    }

    /** Pinfold does not do this. */
    record Unsupported(String what) implements Failure {
        @Override
        public String sentence() {
            return what;
        }
    }
}
