// SPDX-License-Identifier: Apache-2.0
/** The certificate that the server shows: read from files, judged, and replaced while the server runs. */
package eu.nephele.smo.access.front.tls;
