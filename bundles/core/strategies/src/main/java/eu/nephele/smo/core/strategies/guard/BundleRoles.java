// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** Further roles of the bundle of a strategy: an adapter with threads of its own, for example. */
final class BundleRoles {
    private static final Set<String> OURS = Arrays.stream(ServiceKind.values())
            .map(kind -> kind.type().getName())
            .collect(Collectors.toSet());

    private BundleRoles() {}

    static boolean has(RegisteredService registeredService) {
        Bundle bundle =
                FrameworkUtil.getBundle(registeredService.service(Object.class).getClass());
        return Stream.ofNullable(bundle)
                .map(Bundle::getRegisteredServices)
                .flatMap(services -> Optional.ofNullable(services).stream())
                .flatMap(Arrays::stream)
                .anyMatch(BundleRoles::isAnother);
    }

    private static boolean isAnother(ServiceReference<?> service) {
        return service.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && Arrays.stream(types).noneMatch(OURS::contains);
    }
}
