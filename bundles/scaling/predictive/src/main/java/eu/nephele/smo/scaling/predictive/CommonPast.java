// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.util.Arrays;
import java.util.List;

/** The moments of the past at which the demand of a service and of all its callers is known. */
final class CommonPast {

    /** Of each series the last ones; four days by quarters of an hour. */
    private static final int MOST_VALUES = 4 * 96;

    private double[][] columns;
    private int size;

    private CommonPast(int callers) {
        this.columns = new double[callers + 2][0];
    }

    static CommonPast known(ServiceHistory service, List<ServiceHistory> callers) {
        CommonPast common = new CommonPast(callers.size());
        common.add(
                service.seasons(), callers.stream().map(ServiceHistory::seasons).toList());
        common.add(
                service.recent(), callers.stream().map(ServiceHistory::recent).toList());
        return common;
    }

    int size() {
        return size;
    }

    /** A column for each caller, one of 1 for what does not come from them, and the demand of the service. */
    double[][] columns() {
        return Arrays.stream(columns).map(column -> Arrays.copyOf(column, size)).toArray(double[][]::new);
    }

    private void add(LoadSeries demand, List<LoadSeries> callers) {
        boolean comparable = demand.size() > 0
                && callers.stream()
                        .allMatch(caller -> caller.size() > 0 && caller.step().equals(demand.step()));
        if (!comparable) {
            return;
        }
        double[] own = demand.values();
        double[][] others = callers.stream().map(LoadSeries::values).toArray(double[][]::new);
        int[] shifts =
                callers.stream().mapToInt(caller -> shift(demand, caller)).toArray();
        int from = Math.max(0, own.length - MOST_VALUES);
        reserve(own.length - from);
        for (int i = from; i < own.length; i++) {
            if (known(own, i) && allKnown(others, shifts, i)) {
                for (int caller = 0; caller < others.length; caller++) {
                    columns[caller][size] = others[caller][i + shifts[caller]];
                }
                columns[others.length][size] = 1;
                columns[others.length + 1][size] = own[i];
                size++;
            }
        }
    }

    private void reserve(int more) {
        columns = Arrays.stream(columns)
                .map(column -> Arrays.copyOf(column, size + more))
                .toArray(double[][]::new);
    }

    private static int shift(LoadSeries demand, LoadSeries caller) {
        long millis = demand.at(0).toEpochMilli() - caller.at(0).toEpochMilli();
        return (int) Math.round((double) millis / demand.step().toMillis());
    }

    private static boolean allKnown(double[][] others, int[] shifts, int at) {
        for (int caller = 0; caller < others.length; caller++) {
            if (!known(others[caller], at + shifts[caller])) {
                return false;
            }
        }
        return true;
    }

    private static boolean known(double[] values, int at) {
        return at >= 0 && at < values.length && values[at] >= 0 && values[at] < Double.POSITIVE_INFINITY;
    }
}
