// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

/** Whether clients show a certificate. */
enum ClientCertificates {
    /** None is asked for. */
    NONE,
    /** One that is shown is verified. */
    WANTED,
    /** Requests without one are refused, except probes of health. */
    REQUIRED
}
