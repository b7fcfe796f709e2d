// SPDX-License-Identifier: Apache-2.0
/** The audit chain: entries, their encoding, seals, and how they are verified. */
@Export
@Version("0.2.0")
package eu.nephele.smo.core.contract.audit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
