// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** The tracing that is installed now; nothing is recorded while there is none. */
public final class InstalledTracing implements Tracing, AutoCloseable {

    private final ServiceTracker<Tracing, Tracing> tracing;

    /** @param context of the bundle that begins spans */
    public InstalledTracing(BundleContext context) {
        tracing = new ServiceTracker<>(context, Tracing.class, null);
        tracing.open();
    }

    private Tracing now() {
        Tracing installed = tracing.getService();
        return installed == null ? Tracing.off() : installed;
    }

    @Override
    public TraceSpan request(String name, Optional<TraceContext> caller, boolean change) {
        return now().request(name, caller, change);
    }

    @Override
    public TraceSpan resume(String name, TraceContext parent) {
        return now().resume(name, parent);
    }

    @Override
    public TraceSpan span(String name) {
        return now().span(name);
    }

    @Override
    public void keep() {
        now().keep();
    }

    @Override
    public void completed(CompletedSpan span) {
        now().completed(span);
    }

    @Override
    public Optional<TraceContext> current() {
        return now().current();
    }

    @Override
    public <T> Callable<T> carry(Callable<T> task) {
        return now().carry(task);
    }

    @Override
    public void close() {
        tracing.close();
    }
}
