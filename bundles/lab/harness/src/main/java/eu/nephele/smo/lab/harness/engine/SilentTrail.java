// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * An audit that keeps nothing, as a bundle that an administrator installs in a server under measurement: in front of the real one, which
 * cannot be left out, it shows what that one costs.
 */
public final class SilentTrail implements BundleActivator, AuditTrail {

    /** Before all others. */
    private static final int RANKING = 1_000_000;

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, RANKING);
        context.registerService(AuditTrail.class, this, properties);
    }

    /** The framework takes the service back. */
    @Override
    public void stop(BundleContext context) {}

    @Override
    public void record(AuditRecord entry) {}
}
