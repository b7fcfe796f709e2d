// SPDX-License-Identifier: Apache-2.0
/** Ownership of the database. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.owner;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
