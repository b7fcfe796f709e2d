// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework that refuses starts, played: Felix does it for the time that another thread resolves, which no test can time. */
class BundleStartTest {

    private static final String BUSY = "Unable to acquire global lock for resolve. Unresolved requirements: []";

    private final AtomicInteger starts = new AtomicInteger();

    @Test
    void aStartThatIsRefusedWhileAnotherThreadResolvesIsTriedAgain() throws Exception {
        product(2, BUSY).restore();
        assertThat(starts).hasValue(3);
    }

    @Test
    void aFrameworkThatStaysBusyFailsTheStart() {
        assertThatThrownBy(() -> product(Integer.MAX_VALUE, BUSY).restore())
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("global lock");
        assertThat(starts).hasValue(10);
    }

    @Test
    void aStartThatFailsForItsContentIsNotTriedAgain() {
        assertThatThrownBy(() -> product(1, "Unable to resolve acme.strategy").restore())
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("Unable to resolve acme.strategy");
        assertThat(starts).hasValue(1);
    }

    @Test
    void theStartOfAPluginIsTriedAgainToo() {
        Bundle own = played(Bundle.class, (method, proxy) -> switch (method) {
            case "getBundleId" -> 1L;
            case "getState" -> Bundle.ACTIVE;
            default -> "file:own.jar";
        });
        BundleContext context =
                played(BundleContext.class, (method, proxy) -> method.equals("getBundles") ? new Bundle[] {own} : own);
        PluginBundles plugins = new PluginBundles(
                context, new PluginGate(new ProductInventory(context)), new OptionalServices(context), () -> {
                    throw new IllegalStateException("nobody waits for services of what does not start");
                });
        assertThatThrownBy(() -> plugins.start(List.of(bundle(Integer.MAX_VALUE, BUSY))))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("global lock");
        assertThat(starts).hasValue(10);
    }

    private ProductBundle product(int refusals, String reason) {
        FrameworkWiring wiring = played(FrameworkWiring.class, (method, proxy) -> List.of());
        Bundle system = played(Bundle.class, (method, proxy) -> wiring);
        BundleContext context = played(BundleContext.class, (method, proxy) -> system);
        return new ProductBundle.Factory(context).read(bundle(refusals, reason));
    }

    /** @param refusals so many starts fail before one succeeds */
    private Bundle bundle(int refusals, String reason) {
        return played(Bundle.class, (method, proxy) -> switch (method) {
            case "getState" -> Bundle.ACTIVE;
            case "getHeaders" -> FrameworkUtil.asDictionary(Map.of());
            case "start" -> {
                if (starts.incrementAndGet() <= refusals) {
                    throw new BundleException(reason, BundleException.RESOLVE_ERROR);
                }
                yield "";
            }
            case "getBundleId" -> 1L;
            default -> "";
        });
    }

    /** What a method answers. */
    private interface Answers {
        Object to(String method, Object proxy) throws Exception;
    }

    private static <T> T played(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> type.getSimpleName();
                    default -> {
                        Object answer = answers.to(method.getName(), proxy);
                        Class<?> wanted = method.getReturnType();
                        yield wanted.isInstance(answer) || wanted == int.class || wanted == long.class ? answer : null;
                    }
                }));
    }
}
