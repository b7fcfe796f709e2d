// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

/** How uncertain a fitted line is: variances of alpha and beta, and their covariance, in (requests per second)². */
record LineCovariance(double alpha, double beta, double both) {

    /** Standard error of the capacity of so many replicas. */
    double errorAt(int replicas) {
        return Math.sqrt(Math.max(0, alpha * replicas * replicas + 2 * both * replicas + beta));
    }
}
