// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.util.Optional;
import java.util.concurrent.Callable;

final class Untraced implements Tracing {

    @Override
    public TraceSpan request(String name, Optional<TraceContext> caller, boolean change) {
        return TraceSpan.NONE;
    }

    @Override
    public TraceSpan resume(String name, TraceContext parent) {
        return TraceSpan.NONE;
    }

    @Override
    public TraceSpan span(String name) {
        return TraceSpan.NONE;
    }

    @Override
    public void keep() {
        // records nothing
    }

    @Override
    public void completed(CompletedSpan span) {
        // records nothing
    }

    @Override
    public Optional<TraceContext> current() {
        return Optional.empty();
    }

    @Override
    public <T> Callable<T> carry(Callable<T> task) {
        return LogFields.carry(task);
    }
}
