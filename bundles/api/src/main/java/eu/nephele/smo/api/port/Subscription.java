// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

/** A registration for notifications. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends the notifications; calling it again does nothing. */
    @Override
    void close();
}
