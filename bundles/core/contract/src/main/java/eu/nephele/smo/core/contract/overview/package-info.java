// SPDX-License-Identifier: Apache-2.0
/** The graphs of the whole installation at a glance: pages, totals, what is on a cluster. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.overview;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
