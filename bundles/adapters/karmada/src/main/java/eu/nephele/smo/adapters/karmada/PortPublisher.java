// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Services of one source. They are views of one object, so they come and go together: the cluster registry comes last and goes
 * first, so that no caller begins work for which the other services are missing.
 */
final class PortPublisher implements AutoCloseable {

    private final BundleContext context;
    private final Map<String, String> properties;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    PortPublisher(BundleContext context, String source) {
        this.context = context;
        this.properties = Map.of(ClusterId.SOURCE, source, AdapterException.SYSTEM, source);
    }

    <T> PortPublisher add(Class<T> port, T service) {
        registrations.add(context.registerService(port, service, FrameworkUtil.asDictionary(properties)));
        return this;
    }

    @Override
    public void close() {
        while (!registrations.isEmpty()) {
            registrations.remove(registrations.size() - 1).unregister();
        }
    }
}
