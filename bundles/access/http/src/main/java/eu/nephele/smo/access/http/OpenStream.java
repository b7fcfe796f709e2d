// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

/** An answer that continues until it is ended. */
public interface OpenStream {

    /** Asks it to end properly, soon. */
    void end();

    /** Frees its thread from a client that reads nothing. */
    void giveUp();
}
