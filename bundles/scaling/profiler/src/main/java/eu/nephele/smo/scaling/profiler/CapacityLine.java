// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

/**
 * Linear capacity model: {@code r} replicas serve {@code alpha * r + beta} requests per second.
 *
 * @param alpha requests per second that one more replica serves
 * @param beta requests per second, may be negative
 */
public record CapacityLine(double alpha, double beta) {

    /** Requests per second that so many replicas serve, 0 or more. */
    public double at(int replicas) {
        return Math.max(0, alpha * replicas + beta);
    }

    public CapacityLine times(double factor) {
        return new CapacityLine(alpha * factor, beta * factor);
    }
}
