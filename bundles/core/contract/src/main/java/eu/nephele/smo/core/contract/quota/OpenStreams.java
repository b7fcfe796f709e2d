// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

/** Counts the streams of this server. */
public interface OpenStreams {

    /** Streams that ask for events of a project by name. */
    long openOf(String project);
}
