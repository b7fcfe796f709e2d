// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.util.Map;

/**
 * The REST resources of a part of the product, as one service. They are served below {@code /api/v1} as long as the service is
 * there, without the application being made anew for them.
 */
public interface Subsystem {

    /**
     * The same resources at each call, by the word that their paths below {@code /api/v1} begin with: that of {@code plugins} serves
     * {@code /api/v1/plugins} and what is below it. Each has the whole path as its {@code @Path}, for whoever reads it.
     */
    Map<String, Object> resources();
}
