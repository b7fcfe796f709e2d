// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.BooleanSupplier;
import javax.net.ssl.HttpsURLConnection;

/** Polls the readiness of the server over HTTP. */
final class ReadinessProbe {

    private static final int PAUSE_MILLIS = 20;
    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI ready;

    /** @param base address that the probe can reach, for example {@code http://127.0.0.1:8000} */
    ReadinessProbe(URI base) {
        this.ready = base.resolve("/health/ready");
    }

    /**
     * Waits until the server answers 200.
     *
     * @param limitMillis maximum wait
     * @param wanted false as soon as the wait is pointless
     * @return "" when ready, else the last answer
     */
    String await(long limitMillis, BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + limitMillis * 1_000_000;
        String last = ask();
        while (!last.isEmpty() && wanted.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
            last = ask();
        }
        return last;
    }

    private String ask() {
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            if (connection instanceof HttpsURLConnection encrypted) {
                encrypted.setSSLSocketFactory(UncheckedPeer.socketFactory());
                encrypted.setHostnameVerifier((name, session) -> true);
            }
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK ? "" : "%s answers %d".formatted(ready, status);
        } catch (IOException notYet) {
            return "%s: %s".formatted(ready, notYet.getMessage());
        }
    }
}
