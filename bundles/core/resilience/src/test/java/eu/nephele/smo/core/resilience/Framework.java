// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.core.contract.trace.Tracing;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** One service, as the framework reports it. */
final class Framework {

    private static final String TRACING = "(objectClass=%s)".formatted(Tracing.class.getName());

    private interface Answer {
        Object to(Method method, Object[] arguments);
    }

    private final Object adapter;
    private final List<ServiceListener> listeners = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();
    private final ServiceReference<?> reference =
            (ServiceReference<?>) proxy(ServiceReference.class, (method, arguments) -> switch (method.getName()) {
                case "hashCode" -> 1;
                case "equals" -> true;
                default -> null;
            });

    Framework(Object adapter) {
        this.adapter = adapter;
    }

    void tell(int type) {
        listeners.forEach(listener -> listener.serviceChanged(new ServiceEvent(type, reference)));
    }

    /** Filters of the service listeners, without the one that waits for traces to be recorded. */
    List<String> filters() {
        return filters;
    }

    BundleContext context() {
        return (BundleContext) proxy(BundleContext.class, (method, arguments) -> switch (method.getName()) {
            case "addServiceListener" -> {
                if (!TRACING.equals(arguments[1])) {
                    listeners.add((ServiceListener) arguments[0]);
                    filters.add((String) arguments[1]);
                }
                yield null;
            }
            case "createFilter" -> proxy(Filter.class, (any, none) -> true);
            case "getService" -> adapter;
            case "ungetService" -> true;
            default -> null;
        });
    }

    private Object proxy(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments));
    }
}
