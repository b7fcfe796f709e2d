// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The source that is called for a secret. */
class SecretServicesTest {

    private final Map<String, List<SecretSource>> sources = new HashMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final SecretServices secrets = new SecretServices(context());

    @Test
    void theSourceOfTheSchemeIsUsedAtEachCall() {
        assertThat(secrets.resolve("vault:k")).isEmpty();
        SecretSource other = reference -> {
            throw new AssertionError("asked for " + reference);
        };
        sources.put("file", List.of(other));
        sources.put("vault", List.of(reference -> Optional.empty(), reference -> Optional.of("of " + reference)));
        assertThat(secrets.resolve("vault:k")).contains("of vault:k");
        sources.clear();
        assertThat(secrets.resolve("vault:k")).isEmpty();
        assertThat(secrets.resolve("without")).isEmpty();
        assertThat(held).hasValue(0);
    }

    @Test
    void aSourceThatFailsIsLetGo() {
        sources.put("file", List.of(reference -> {
            throw new AdapterException(Kind.REFUSED, "secrets", "it is a folder");
        }));
        assertThatThrownBy(() -> secrets.resolve("file:k")).hasMessage("it is a folder");
        assertThat(held).hasValue(0);
    }

    private BundleContext context() {
        return proxy(BundleContext.class, (method, arguments) -> switch (method) {
            case "getServiceReferences" -> {
                String scheme = String.valueOf(arguments[1]).replaceAll("\\(smo\\.secret\\.scheme=(.*)\\)", "$1");
                yield sources.getOrDefault(scheme, List.of()).stream()
                        .map(source -> proxy(ServiceReference.class, (any, nothing) -> source))
                        .toList();
            }
            case "getService" -> {
                held.incrementAndGet();
                yield ((ServiceReference<?>) arguments[0]).getProperty("source");
            }
            case "ungetService" -> held.decrementAndGet() >= 0;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answers {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                SecretServicesTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
