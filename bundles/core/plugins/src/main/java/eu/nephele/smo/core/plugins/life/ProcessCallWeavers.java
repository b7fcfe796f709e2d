// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a weaving hook in use: the framework reports a hook that has thrown anything but a {@link WeavingException} as
 * an error of this bundle, and does not call it again until it is unregistered.
 */
public final class ProcessCallWeavers implements FrameworkListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessCallWeavers.class);

    private final BundleContext context;
    private final ProductInventory product;
    private ServiceRegistration<WeavingHook> guard;
    private boolean closed;

    public ProcessCallWeavers(BundleContext context, ProductInventory product) {
        this.context = context;
        this.product = product;
        this.guard = register();
        context.addFrameworkListener(this);
    }

    private ServiceRegistration<WeavingHook> register() {
        return context.registerService(WeavingHook.class, new ProcessCallWeaver(product), null);
    }

    @Override
    public synchronized void frameworkEvent(FrameworkEvent event) {
        boolean ours = event.getBundle().getBundleId() == context.getBundle().getBundleId();
        boolean outOfUse =
                event.getType() == FrameworkEvent.ERROR && !(event.getThrowable() instanceof WeavingException);
        if (ours && outOfUse && !closed) {
            LOG.warn(
                    "weaving hook replaced reason=\"{}\"; the previous one may have been disabled by the framework",
                    String.valueOf(event.getThrowable()));
            guard.unregister();
            guard = register();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        guard.unregister();
    }
}
