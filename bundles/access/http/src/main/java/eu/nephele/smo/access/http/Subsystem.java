// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.util.Map;

/**
 * The REST resources of a part of the product, as one service. They are served below {@code /api/v1} as long as the
 * service is present, without a renewal of the application.
 */
public interface Subsystem {

    /**
     * Returns the same resources at each call, by the first segment of their paths below {@code /api/v1}: that of
     * {@code plugins} serves {@code /api/v1/plugins} and everything below it. Each has the whole path as its
     * {@code @Path}, for readers of the code.
     */
    Map<String, Object> resources();
}
