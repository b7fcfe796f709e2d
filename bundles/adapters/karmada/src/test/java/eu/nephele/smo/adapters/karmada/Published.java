// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.api.port.ClusterRegistry;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Properties of published services. */
public final class Published {

    private Published() {}

    /** Returns the properties of the ports of a source. */
    public static Map<String, ?> properties(String source) {
        Map<String, Object> seen = new TreeMap<>();
        BundleContext context = proxy(BundleContext.class, arguments -> {
            Dictionary<?, ?> given = (Dictionary<?, ?>) arguments[2];
            Collections.list(given.keys()).forEach(key -> seen.put(String.valueOf(key), given.get(key)));
        });
        new PortPublisher(context, source).add(ClusterRegistry.class, proxy(ClusterRegistry.class, any -> {}));
        return seen;
    }

    private interface Call {
        void with(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (it, method, given) -> {
            if (method.getName().equals("registerService")) {
                call.with(given);
                return Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (me, any, none) -> null);
            }
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
