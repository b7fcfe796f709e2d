// SPDX-License-Identifier: Apache-2.0
/**
 * Traces: what happened where in the course of a request, and how long it took. A port of our own, so that one bundle
 * alone depends on OpenTelemetry; without that bundle nothing is recorded.
 */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.trace;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
