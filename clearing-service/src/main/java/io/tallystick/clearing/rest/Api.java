package io.tallystick.clearing.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/// Heads the OpenAPI document.
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tallystick clearing-service",
            version = "1",
            description =
                "Bills and balances for payers, statements for merchants, the ledger's check for"
                    + " auditors. The contract in prose is in clearing-service/README.md."))
@SecurityScheme(
    securitySchemeName = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description =
        "Access token of the configured OIDC issuer: a payer's (sub), a merchant's staff's"
            + " (tallystick_merchant), or one with the group auditor or operator")
public class Api extends Application {}
