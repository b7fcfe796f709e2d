// SPDX-License-Identifier: Apache-2.0
/** Quotas: what a project may have. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.quota;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
