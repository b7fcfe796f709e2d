// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

/** What is queried unless something else is configured. */
public final class DefaultMetrics {

    private DefaultMetrics() {}

    public static String[] templates() throws NoSuchMethodException {
        return (String[]) PrometheusConfig.class.getDeclaredMethod("metrics").getDefaultValue();
    }
}
