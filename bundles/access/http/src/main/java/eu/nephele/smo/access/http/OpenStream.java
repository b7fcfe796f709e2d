// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

/** An answer that continues until it is ended. */
public interface OpenStream {

    /** Asks it to end properly, soon. */
    void end();

    /** Ends it at once, whatever its client does. */
    void giveUp();
}
