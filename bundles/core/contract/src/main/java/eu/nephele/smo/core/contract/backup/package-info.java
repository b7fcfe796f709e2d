// SPDX-License-Identifier: Apache-2.0
/** Archives of the database: their format, how they are taken, checked and restored. */
@Export
@Version("0.2.0")
package eu.nephele.smo.core.contract.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
