// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.List;

/**
 * Strategies of plugins that an upgrade has replaced, as far as their content is kept. One can be brought up for a
 * while beside what decides; then only trials reach it.
 */
public interface ReplacedStrategies {

    /** Returns the strategies that can be activated, without activating any. */
    List<StrategyRef> kept();

    /**
     * Starts a replaced strategy; blocks until it can be called.
     *
     * @return handle that stops it
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} when it is not kept any more,
     *     {@code UNPROCESSABLE} when it does not start, {@code UNAVAILABLE} when it does not in time
     */
    Activation bringUp(StrategyRef strategy);

    /** A replaced strategy that is there for a while. */
    interface Activation extends AutoCloseable {

        /** Takes it out again; done already: nothing happens. */
        @Override
        void close();
    }
}
