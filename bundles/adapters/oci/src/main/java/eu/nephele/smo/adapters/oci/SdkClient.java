// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.lang.reflect.Field;
import java.net.ProxySelector;
import java.time.Duration;
import land.oras.auth.HttpClient;
import land.oras.exception.OrasException;

/** Creates the HTTP client of the SDK. */
final class SdkClient {

    private static final long MILLIS = 1000;

    private SdkClient() {}

    /**
     * Creates the client so that its threads inherit the class loader of the SDK, which stays, not that of the caller.
     *
     * @throws IllegalArgumentException names the key of an unusable value
     */
    static HttpClient create(OciSettings settings, RegistryProxySelector registryProxySelector) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(HttpClient.class.getClassLoader());
        try {
            HttpClient.Builder builder = HttpClient.Builder.builder().withTimeout(seconds(settings.connectTimeout()));
            route(builder, registryProxySelector);
            return settings.caFile().map(builder::withCaFile).orElse(builder).build();
        } catch (OrasException noCertificates) {
            throw new IllegalArgumentException(
                    "caFile in %s cannot be used: %s".formatted(OciSettings.PID, noCertificates.getMessage()),
                    noCertificates);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * The SDK has no setting for proxies, but its client builder has. Setting it there does not affect the rest of
     * the process, as the default selector of the JVM would.
     */
    private static void route(HttpClient.Builder builder, ProxySelector routes) {
        try {
            Object client = field(HttpClient.Builder.class, "client").get(builder);
            ((java.net.http.HttpClient.Builder)
                            field(HttpClient.class, "builder").get(client))
                    .proxy(routes);
        } catch (ReflectiveOperationException | ClassCastException otherSdk) {
            throw new IllegalStateException(
                    "The ORAS SDK in lib-oras is not the version that this adapter was built with: install both from one release",
                    otherSdk);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static int seconds(Duration timeout) {
        return (int) Math.min(Integer.MAX_VALUE, (timeout.toMillis() + MILLIS - 1) / MILLIS);
    }
}
