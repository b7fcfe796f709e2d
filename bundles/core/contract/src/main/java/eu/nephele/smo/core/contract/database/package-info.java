// SPDX-License-Identifier: Apache-2.0
/** The database of a server that does not run: where it is, in which version its tables are, and how they are brought to the newest one. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.database;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
