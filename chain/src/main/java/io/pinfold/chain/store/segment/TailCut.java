package io.pinfold.chain.store.segment;

/**
 * Bytes behind the last good record of a log that opening cut off.
 *
 * <p>They are what a crash leaves of a group that was being written, and was never acknowledged. If the disk damaged the
 * very last group instead, nothing tells the two apart; {@code wholeRecords} is greater than 0 where that may be so.
 *
 * @param segment number of the file
 * @param from first byte cut off; 0 if the file itself was taken away
 * @param bytes how many there were
 * @param wholeRecords records among them whose header is good and whose payload is not
 */
public record TailCut(int segment, long from, long bytes, int wholeRecords) {}
