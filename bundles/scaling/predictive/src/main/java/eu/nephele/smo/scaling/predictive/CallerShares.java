// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns how many requests a service gets for one that its callers get: regression with coefficients of 0 or more, and a constant for what
 * comes from elsewhere. Values that do not fit count less (Huber), as those of minutes in which a caller was overloaded and passed on less
 * than it got.
 */
final class CallerShares {

    private static final int LEAST_VALUES = 40;
    private static final int ROUNDS = 4;
    private static final int SWEEPS = 30;
    /** Huber's constant, in standard deviations. */
    private static final double HUBER = 1.345;

    private static final double MAD_TO_SIGMA = 1.4826;
    /** Usual error, as a share of the usual distance from the median, up to which the shares explain demand. */
    private static final double EXPLAINED = 0.4;
    /** Usual error as a share of demand, up to which they do so even though demand hardly varies. */
    private static final double CLOSE = 0.1;
    /** Least usual distance of a caller's demand from its median, as a share of that. */
    private static final double VARIES = 0.01;

    private static final double NOTHING = 1e-3;

    /** By caller, then a column of 1. */
    private final double[][] columns;

    private final double[] demand;
    private final double[] shares;

    private CallerShares(double[][] columns, double[] demand) {
        this.columns = columns;
        this.demand = demand;
        this.shares = new double[columns.length];
        fit();
    }

    /** What callers send as far as it is known; nothing when they do not explain the demand. */
    static CallerDemand of(ServiceHistory service, List<ServiceHistory> all) {
        // one that is hardly known would leave no common past with the others
        List<ServiceHistory> callers = all.stream()
                .filter(caller -> CommonPast.known(service, List.of(caller)).size() >= LEAST_VALUES)
                .toList();
        if (callers.isEmpty()) {
            return CallerDemand.UNKNOWN;
        }
        CommonPast common = CommonPast.known(service, callers);
        double[][] columns = common.columns();
        if (common.size() < LEAST_VALUES || !varies(columns)) {
            return CallerDemand.UNKNOWN;
        }
        CallerShares fitted = new CallerShares(Arrays.copyOf(columns, columns.length - 1), columns[columns.length - 1]);
        List<CallerShare> explained = new ArrayList<>();
        for (int caller = 0; caller < callers.size(); caller++) {
            if (fitted.shares[caller] > NOTHING) {
                explained.add(new CallerShare(callers.get(caller).service(), fitted.shares[caller]));
            }
        }
        return explained.isEmpty() || !fitted.explains()
                ? CallerDemand.UNKNOWN
                : new CallerDemand(explained, fitted.shares[callers.size()]);
    }

    /** Of demand that is always the same nobody can tell what causes it. */
    private static boolean varies(double[][] columns) {
        return Arrays.stream(columns, 0, columns.length - 2).anyMatch(values -> {
            double median = OrderStatistics.median(values, 0, values.length);
            return spread(values, median) > VARIES * median;
        });
    }

    private static double spread(double[] values, double middle) {
        double[] sizes = new double[values.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(values[i] - middle);
        }
        return OrderStatistics.median(sizes, 0, sizes.length);
    }

    /** Iteratively reweighted least squares, each by coordinate descent, which keeps coefficients at 0 or more. */
    private void fit() {
        double[] weights = new double[demand.length];
        Arrays.fill(weights, 1);
        for (int round = 0; round < ROUNDS; round++) {
            double[][] normal = normal(weights);
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                descend(normal);
            }
            double[] off = errors();
            double limit = HUBER * MAD_TO_SIGMA * spread(off, 0);
            for (int i = 0; i < off.length; i++) {
                weights[i] = Math.abs(off[i]) <= limit ? 1 : limit / Math.abs(off[i]);
            }
        }
    }

    /** Products of columns; the last one of each row is that with the demand. */
    private double[][] normal(double[] weights) {
        double[][] products = new double[columns.length][columns.length + 1];
        for (int a = 0; a < columns.length; a++) {
            for (int b = 0; b <= columns.length; b++) {
                double[] other = b == columns.length ? demand : columns[b];
                double sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * columns[a][i] * other[i];
                }
                products[a][b] = sum;
            }
        }
        return products;
    }

    private void descend(double[][] normal) {
        for (int a = 0; a < shares.length; a++) {
            double rest = normal[a][shares.length];
            for (int b = 0; b < shares.length; b++) {
                rest -= b == a ? 0 : normal[a][b] * shares[b];
            }
            shares[a] = normal[a][a] == 0 ? 0 : Math.max(0, rest / normal[a][a]);
        }
    }

    private double[] errors() {
        double[] off = demand.clone();
        for (int a = 0; a < shares.length; a++) {
            for (int i = 0; i < off.length; i++) {
                off[i] -= shares[a] * columns[a][i];
            }
        }
        return off;
    }

    private boolean explains() {
        double median = OrderStatistics.median(demand, 0, demand.length);
        double error = spread(errors(), 0);
        return error <= EXPLAINED * spread(demand, median) || error <= CLOSE * median;
    }
}
