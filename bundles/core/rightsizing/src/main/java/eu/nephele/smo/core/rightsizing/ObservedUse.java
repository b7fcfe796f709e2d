// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

/**
 * Use of one replica since the last change, in cores or bytes.
 *
 * @param quantile the configured one
 * @param peak highest value, errors of measurement included
 * @param confirmedPeak highest value that does not stand alone
 * @param startUpPeak highest use of replicas that have just started
 */
record ObservedUse(double median, double quantile, double peak, double confirmedPeak, double startUpPeak) {}
