// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

/** An answer that goes on until somebody ends it. */
public interface OpenStream {

    /** Asks it to end properly, soon. */
    void end();

    /** Frees its thread from a reader that takes nothing. */
    void giveUp();
}
