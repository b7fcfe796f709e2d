// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Source of series for expressions: all series at one moment. */
public interface Series {

    Instant at();

    /** Samples of the moment that the selector matches. */
    List<Sample> present(Selector selector);

    /** Points within the range of the selector. */
    List<History> past(Selector selector);

    /**
     * @param labels of the series, its name among them
     * @param points oldest first
     */
    record History(Map<String, String> labels, List<Point> points) {
        public History {
            points = List.copyOf(points);
        }
    }

    record Point(Instant at, double value) {}
}
