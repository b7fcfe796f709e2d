// SPDX-License-Identifier: Apache-2.0
/** How many requests replicas of a service can serve, learned from what they served. Pure: no I/O, no clock. */
@Export
@Version("0.1.0")
package eu.nephele.smo.scaling.profiler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
