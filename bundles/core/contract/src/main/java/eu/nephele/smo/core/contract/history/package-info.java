// SPDX-License-Identifier: Apache-2.0
/** Graphs as they were, and what happened over time, as far as that is kept. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.history;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
