impl serde::Serialize for Abandoned {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.Abandoned", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Abandoned {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Abandoned;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Abandoned")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Abandoned, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Abandoned {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Abandoned", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Absence {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.fault.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Absence", len)?;
        if self.kind != 0 {
            let v = AbsenceKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.fault.is_empty() {
            struct_ser.serialize_field("fault", &self.fault)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Absence {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "fault",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Fault,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "fault" => Ok(GeneratedField::Fault),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Absence;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Absence")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Absence, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut fault__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<AbsenceKind>()? as i32);
                        }
                        GeneratedField::Fault => {
                            if fault__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fault"));
                            }
                            fault__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Absence {
                    kind: kind__.unwrap_or_default(),
                    fault: fault__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Absence", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AbsenceKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "ABSENCE_KIND_UNSPECIFIED",
            Self::Silent => "ABSENCE_KIND_SILENT",
            Self::Disconnected => "ABSENCE_KIND_DISCONNECTED",
            Self::Void => "ABSENCE_KIND_VOID",
            Self::GaveUp => "ABSENCE_KIND_GAVE_UP",
            Self::Fault => "ABSENCE_KIND_FAULT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for AbsenceKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ABSENCE_KIND_UNSPECIFIED",
            "ABSENCE_KIND_SILENT",
            "ABSENCE_KIND_DISCONNECTED",
            "ABSENCE_KIND_VOID",
            "ABSENCE_KIND_GAVE_UP",
            "ABSENCE_KIND_FAULT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = AbsenceKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "ABSENCE_KIND_UNSPECIFIED" => Ok(AbsenceKind::Unspecified),
                    "ABSENCE_KIND_SILENT" => Ok(AbsenceKind::Silent),
                    "ABSENCE_KIND_DISCONNECTED" => Ok(AbsenceKind::Disconnected),
                    "ABSENCE_KIND_VOID" => Ok(AbsenceKind::Void),
                    "ABSENCE_KIND_GAVE_UP" => Ok(AbsenceKind::GaveUp),
                    "ABSENCE_KIND_FAULT" => Ok(AbsenceKind::Fault),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for AbsentMember {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.absence.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.AbsentMember", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.absence.as_ref() {
            struct_ser.serialize_field("absence", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AbsentMember {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "absence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Absence,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "absence" => Ok(GeneratedField::Absence),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AbsentMember;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.AbsentMember")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AbsentMember, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut absence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Absence => {
                            if absence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("absence"));
                            }
                            absence__ = map_.next_value()?;
                        }
                    }
                }
                Ok(AbsentMember {
                    process: process__,
                    absence: absence__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.AbsentMember", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AllComputations {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.AllComputations", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AllComputations {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AllComputations;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.AllComputations")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AllComputations, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(AllComputations {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.AllComputations", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Annotation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.annotation.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Annotation", len)?;
        if let Some(v) = self.annotation.as_ref() {
            match v {
                annotation::Annotation::Token(v) => {
                    struct_ser.serialize_field("token", v)?;
                }
                annotation::Annotation::Reference(v) => {
                    struct_ser.serialize_field("reference", v)?;
                }
                annotation::Annotation::Resolves(v) => {
                    struct_ser.serialize_field("resolves", v)?;
                }
                annotation::Annotation::Grants(v) => {
                    struct_ser.serialize_field("grants", v)?;
                }
                annotation::Annotation::Releases(v) => {
                    struct_ser.serialize_field("releases", v)?;
                }
                annotation::Annotation::Amount(v) => {
                    struct_ser.serialize_field("amount", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Annotation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "token",
            "reference",
            "resolves",
            "grants",
            "releases",
            "amount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Token,
            Reference,
            Resolves,
            Grants,
            Releases,
            Amount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "token" => Ok(GeneratedField::Token),
                            "reference" => Ok(GeneratedField::Reference),
                            "resolves" => Ok(GeneratedField::Resolves),
                            "grants" => Ok(GeneratedField::Grants),
                            "releases" => Ok(GeneratedField::Releases),
                            "amount" => Ok(GeneratedField::Amount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Annotation;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Annotation")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Annotation, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut annotation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Token => {
                            if annotation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("token"));
                            }
                            annotation__ = map_.next_value::<::std::option::Option<_>>()?.map(annotation::Annotation::Token)
;
                        }
                        GeneratedField::Reference => {
                            if annotation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reference"));
                            }
                            annotation__ = map_.next_value::<::std::option::Option<_>>()?.map(annotation::Annotation::Reference)
;
                        }
                        GeneratedField::Resolves => {
                            if annotation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resolves"));
                            }
                            annotation__ = map_.next_value::<::std::option::Option<_>>()?.map(annotation::Annotation::Resolves)
;
                        }
                        GeneratedField::Grants => {
                            if annotation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("grants"));
                            }
                            annotation__ = map_.next_value::<::std::option::Option<_>>()?.map(annotation::Annotation::Grants)
;
                        }
                        GeneratedField::Releases => {
                            if annotation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("releases"));
                            }
                            annotation__ = map_.next_value::<::std::option::Option<_>>()?.map(annotation::Annotation::Releases)
;
                        }
                        GeneratedField::Amount => {
                            if annotation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("amount"));
                            }
                            annotation__ = map_.next_value::<::std::option::Option<_>>()?.map(annotation::Annotation::Amount)
;
                        }
                    }
                }
                Ok(Annotation {
                    annotation: annotation__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Annotation", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ApplicationState {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.content_type.is_empty() {
            len += 1;
        }
        if self.content.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ApplicationState", len)?;
        if !self.content_type.is_empty() {
            struct_ser.serialize_field("contentType", &self.content_type)?;
        }
        if let Some(v) = self.content.as_ref() {
            match v {
                application_state::Content::Inline(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("inline", pbjson::private::base64::encode(&v).as_str())?;
                }
                application_state::Content::ExternalUri(v) => {
                    struct_ser.serialize_field("externalUri", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ApplicationState {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "content_type",
            "contentType",
            "inline",
            "external_uri",
            "externalUri",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ContentType,
            Inline,
            ExternalUri,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "contentType" | "content_type" => Ok(GeneratedField::ContentType),
                            "inline" => Ok(GeneratedField::Inline),
                            "externalUri" | "external_uri" => Ok(GeneratedField::ExternalUri),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ApplicationState;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ApplicationState")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ApplicationState, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut content_type__ = None;
                let mut content__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ContentType => {
                            if content_type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("contentType"));
                            }
                            content_type__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Inline => {
                            if content__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inline"));
                            }
                            content__ = map_.next_value::<::std::option::Option<::pbjson::private::BytesDeserialize<_>>>()?.map(|x| application_state::Content::Inline(x.0));
                        }
                        GeneratedField::ExternalUri => {
                            if content__.is_some() {
                                return Err(serde::de::Error::duplicate_field("externalUri"));
                            }
                            content__ = map_.next_value::<::std::option::Option<_>>()?.map(application_state::Content::ExternalUri);
                        }
                    }
                }
                Ok(ApplicationState {
                    content_type: content_type__.unwrap_or_default(),
                    content: content__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ApplicationState", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Assumption {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.assumption.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Assumption", len)?;
        if let Some(v) = self.assumption.as_ref() {
            match v {
                assumption::Assumption::PresumedDead(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("presumedDead", ToString::to_string(&v).as_str())?;
                }
                assumption::Assumption::Unstamped(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("unstamped", ToString::to_string(&v).as_str())?;
                }
                assumption::Assumption::Expired(v) => {
                    struct_ser.serialize_field("expired", v)?;
                }
                assumption::Assumption::NoRedelivery(v) => {
                    struct_ser.serialize_field("noRedelivery", v)?;
                }
                assumption::Assumption::ClosedWakers(v) => {
                    struct_ser.serialize_field("closedWakers", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Assumption {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "presumed_dead",
            "presumedDead",
            "unstamped",
            "expired",
            "no_redelivery",
            "noRedelivery",
            "closed_wakers",
            "closedWakers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PresumedDead,
            Unstamped,
            Expired,
            NoRedelivery,
            ClosedWakers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "presumedDead" | "presumed_dead" => Ok(GeneratedField::PresumedDead),
                            "unstamped" => Ok(GeneratedField::Unstamped),
                            "expired" => Ok(GeneratedField::Expired),
                            "noRedelivery" | "no_redelivery" => Ok(GeneratedField::NoRedelivery),
                            "closedWakers" | "closed_wakers" => Ok(GeneratedField::ClosedWakers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Assumption;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Assumption")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Assumption, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut assumption__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PresumedDead => {
                            if assumption__.is_some() {
                                return Err(serde::de::Error::duplicate_field("presumedDead"));
                            }
                            assumption__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| assumption::Assumption::PresumedDead(x.0));
                        }
                        GeneratedField::Unstamped => {
                            if assumption__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unstamped"));
                            }
                            assumption__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| assumption::Assumption::Unstamped(x.0));
                        }
                        GeneratedField::Expired => {
                            if assumption__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expired"));
                            }
                            assumption__ = map_.next_value::<::std::option::Option<_>>()?.map(assumption::Assumption::Expired)
;
                        }
                        GeneratedField::NoRedelivery => {
                            if assumption__.is_some() {
                                return Err(serde::de::Error::duplicate_field("noRedelivery"));
                            }
                            assumption__ = map_.next_value::<::std::option::Option<_>>()?.map(assumption::Assumption::NoRedelivery)
;
                        }
                        GeneratedField::ClosedWakers => {
                            if assumption__.is_some() {
                                return Err(serde::de::Error::duplicate_field("closedWakers"));
                            }
                            assumption__ = map_.next_value::<::std::option::Option<_>>()?.map(assumption::Assumption::ClosedWakers)
;
                        }
                    }
                }
                Ok(Assumption {
                    assumption: assumption__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Assumption", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Cause {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CAUSE_UNSPECIFIED",
            Self::Collapsed => "CAUSE_COLLAPSED",
            Self::ReceivedOutside => "CAUSE_RECEIVED_OUTSIDE",
            Self::SenderAbsent => "CAUSE_SENDER_ABSENT",
            Self::SenderLost => "CAUSE_SENDER_LOST",
            Self::Stranger => "CAUSE_STRANGER",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Cause {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CAUSE_UNSPECIFIED",
            "CAUSE_COLLAPSED",
            "CAUSE_RECEIVED_OUTSIDE",
            "CAUSE_SENDER_ABSENT",
            "CAUSE_SENDER_LOST",
            "CAUSE_STRANGER",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Cause;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "CAUSE_UNSPECIFIED" => Ok(Cause::Unspecified),
                    "CAUSE_COLLAPSED" => Ok(Cause::Collapsed),
                    "CAUSE_RECEIVED_OUTSIDE" => Ok(Cause::ReceivedOutside),
                    "CAUSE_SENDER_ABSENT" => Ok(Cause::SenderAbsent),
                    "CAUSE_SENDER_LOST" => Ok(Cause::SenderLost),
                    "CAUSE_STRANGER" => Ok(Cause::Stranger),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Certificate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.evidence.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Certificate", len)?;
        if let Some(v) = self.evidence.as_ref() {
            match v {
                certificate::Evidence::Deadlock(v) => {
                    struct_ser.serialize_field("deadlock", v)?;
                }
                certificate::Evidence::Terminated(v) => {
                    struct_ser.serialize_field("terminated", v)?;
                }
                certificate::Evidence::Garbage(v) => {
                    struct_ser.serialize_field("garbage", v)?;
                }
                certificate::Evidence::Sum(v) => {
                    struct_ser.serialize_field("sum", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Certificate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "deadlock",
            "terminated",
            "garbage",
            "sum",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Deadlock,
            Terminated,
            Garbage,
            Sum,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "deadlock" => Ok(GeneratedField::Deadlock),
                            "terminated" => Ok(GeneratedField::Terminated),
                            "garbage" => Ok(GeneratedField::Garbage),
                            "sum" => Ok(GeneratedField::Sum),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Certificate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Certificate")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Certificate, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut evidence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Deadlock => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlock"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(certificate::Evidence::Deadlock)
;
                        }
                        GeneratedField::Terminated => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("terminated"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(certificate::Evidence::Terminated)
;
                        }
                        GeneratedField::Garbage => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("garbage"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(certificate::Evidence::Garbage)
;
                        }
                        GeneratedField::Sum => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sum"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(certificate::Evidence::Sum);
                        }
                    }
                }
                Ok(Certificate {
                    evidence: evidence__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Certificate", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Channel {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if !self.transit.is_empty() {
            len += 1;
        }
        if !self.doubtful.is_empty() {
            len += 1;
        }
        if !self.hidden.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Channel", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if !self.transit.is_empty() {
            struct_ser.serialize_field("transit", &self.transit)?;
        }
        if !self.doubtful.is_empty() {
            struct_ser.serialize_field("doubtful", &self.doubtful)?;
        }
        if !self.hidden.is_empty() {
            struct_ser.serialize_field("hidden", &self.hidden)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Channel {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "to",
            "transit",
            "doubtful",
            "hidden",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            To,
            Transit,
            Doubtful,
            Hidden,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "to" => Ok(GeneratedField::To),
                            "transit" => Ok(GeneratedField::Transit),
                            "doubtful" => Ok(GeneratedField::Doubtful),
                            "hidden" => Ok(GeneratedField::Hidden),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Channel;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Channel")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Channel, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut to__ = None;
                let mut transit__ = None;
                let mut doubtful__ = None;
                let mut hidden__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::Transit => {
                            if transit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("transit"));
                            }
                            transit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Doubtful => {
                            if doubtful__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doubtful"));
                            }
                            doubtful__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Hidden => {
                            if hidden__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hidden"));
                            }
                            hidden__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Channel {
                    lane: lane__,
                    to: to__,
                    transit: transit__.unwrap_or_default(),
                    doubtful: doubtful__.unwrap_or_default(),
                    hidden: hidden__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Channel", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Channels {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.lanes.is_empty() {
            len += 1;
        }
        if !self.in_transit.is_empty() {
            len += 1;
        }
        if !self.unknown.is_empty() {
            len += 1;
        }
        if !self.settled.is_empty() {
            len += 1;
        }
        if !self.lost.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Channels", len)?;
        if !self.lanes.is_empty() {
            struct_ser.serialize_field("lanes", &self.lanes)?;
        }
        if !self.in_transit.is_empty() {
            struct_ser.serialize_field("inTransit", &self.in_transit)?;
        }
        if !self.unknown.is_empty() {
            struct_ser.serialize_field("unknown", &self.unknown)?;
        }
        if !self.settled.is_empty() {
            struct_ser.serialize_field("settled", &self.settled)?;
        }
        if !self.lost.is_empty() {
            struct_ser.serialize_field("lost", &self.lost)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Channels {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lanes",
            "in_transit",
            "inTransit",
            "unknown",
            "settled",
            "lost",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lanes,
            InTransit,
            Unknown,
            Settled,
            Lost,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lanes" => Ok(GeneratedField::Lanes),
                            "inTransit" | "in_transit" => Ok(GeneratedField::InTransit),
                            "unknown" => Ok(GeneratedField::Unknown),
                            "settled" => Ok(GeneratedField::Settled),
                            "lost" => Ok(GeneratedField::Lost),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Channels;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Channels")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Channels, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lanes__ = None;
                let mut in_transit__ = None;
                let mut unknown__ = None;
                let mut settled__ = None;
                let mut lost__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lanes => {
                            if lanes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lanes"));
                            }
                            lanes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::InTransit => {
                            if in_transit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inTransit"));
                            }
                            in_transit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unknown => {
                            if unknown__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unknown"));
                            }
                            unknown__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Settled => {
                            if settled__.is_some() {
                                return Err(serde::de::Error::duplicate_field("settled"));
                            }
                            settled__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Lost => {
                            if lost__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            lost__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Channels {
                    lanes: lanes__.unwrap_or_default(),
                    in_transit: in_transit__.unwrap_or_default(),
                    unknown: unknown__.unwrap_or_default(),
                    settled: settled__.unwrap_or_default(),
                    lost: lost__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Channels", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ClockEntry {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.events != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ClockEntry", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if self.events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("events", ToString::to_string(&self.events).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ClockEntry {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "events",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Events,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "events" => Ok(GeneratedField::Events),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ClockEntry;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ClockEntry")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ClockEntry, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut events__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(ClockEntry {
                    process: process__,
                    events: events__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ClockEntry", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ComputationName {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.name.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ComputationName", len)?;
        if let Some(v) = self.name.as_ref() {
            match v {
                computation_name::Name::Id(v) => {
                    struct_ser.serialize_field("id", v)?;
                }
                computation_name::Name::Label(v) => {
                    struct_ser.serialize_field("label", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ComputationName {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "label",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Label,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "label" => Ok(GeneratedField::Label),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ComputationName;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ComputationName")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ComputationName, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            name__ = map_.next_value::<::std::option::Option<_>>()?.map(computation_name::Name::Id)
;
                        }
                        GeneratedField::Label => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            name__ = map_.next_value::<::std::option::Option<_>>()?.map(computation_name::Name::Label);
                        }
                    }
                }
                Ok(ComputationName {
                    name: name__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ComputationName", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Conservation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.gauge.is_empty() {
            len += 1;
        }
        if !self.expected.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Conservation", len)?;
        if !self.gauge.is_empty() {
            struct_ser.serialize_field("gauge", &self.gauge)?;
        }
        if !self.expected.is_empty() {
            struct_ser.serialize_field("expected", &self.expected)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Conservation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "gauge",
            "expected",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Gauge,
            Expected,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "gauge" => Ok(GeneratedField::Gauge),
                            "expected" => Ok(GeneratedField::Expected),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Conservation;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Conservation")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Conservation, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut gauge__ = None;
                let mut expected__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Gauge => {
                            if gauge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("gauge"));
                            }
                            gauge__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Expected => {
                            if expected__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expected"));
                            }
                            expected__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Conservation {
                    gauge: gauge__.unwrap_or_default(),
                    expected: expected__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Conservation", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Creation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.label.is_empty() {
            len += 1;
        }
        if self.allow_loss {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Creation", len)?;
        if !self.label.is_empty() {
            struct_ser.serialize_field("label", &self.label)?;
        }
        if self.allow_loss {
            struct_ser.serialize_field("allowLoss", &self.allow_loss)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Creation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "label",
            "allow_loss",
            "allowLoss",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Label,
            AllowLoss,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "label" => Ok(GeneratedField::Label),
                            "allowLoss" | "allow_loss" => Ok(GeneratedField::AllowLoss),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Creation;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Creation")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Creation, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut label__ = None;
                let mut allow_loss__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Label => {
                            if label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::AllowLoss => {
                            if allow_loss__.is_some() {
                                return Err(serde::de::Error::duplicate_field("allowLoss"));
                            }
                            allow_loss__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Creation {
                    label: label__.unwrap_or_default(),
                    allow_loss: allow_loss__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Creation", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Cut {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.epoch.is_some() {
            len += 1;
        }
        if self.window.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Cut", len)?;
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.window.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("window", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Cut {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
            "window",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
            Window,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            "window" => Ok(GeneratedField::Window),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Cut;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Cut")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Cut, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                let mut window__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Window => {
                            if window__.is_some() {
                                return Err(serde::de::Error::duplicate_field("window"));
                            }
                            window__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Cut {
                    epoch: epoch__,
                    window: window__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Cut", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Deadlock {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.members.is_empty() {
            len += 1;
        }
        if self.shape.is_some() {
            len += 1;
        }
        if !self.behind.is_empty() {
            len += 1;
        }
        if !self.victims.is_empty() {
            len += 1;
        }
        if !self.holds_until.is_empty() {
            len += 1;
        }
        if !self.messages.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Deadlock", len)?;
        if !self.members.is_empty() {
            struct_ser.serialize_field("members", &self.members)?;
        }
        if let Some(v) = self.shape.as_ref() {
            struct_ser.serialize_field("shape", v)?;
        }
        if !self.behind.is_empty() {
            struct_ser.serialize_field("behind", &self.behind)?;
        }
        if !self.victims.is_empty() {
            struct_ser.serialize_field("victims", &self.victims)?;
        }
        if !self.holds_until.is_empty() {
            struct_ser.serialize_field("holdsUntil", &self.holds_until)?;
        }
        if !self.messages.is_empty() {
            struct_ser.serialize_field("messages", &self.messages)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Deadlock {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "members",
            "shape",
            "behind",
            "victims",
            "holds_until",
            "holdsUntil",
            "messages",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Members,
            Shape,
            Behind,
            Victims,
            HoldsUntil,
            Messages,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "members" => Ok(GeneratedField::Members),
                            "shape" => Ok(GeneratedField::Shape),
                            "behind" => Ok(GeneratedField::Behind),
                            "victims" => Ok(GeneratedField::Victims),
                            "holdsUntil" | "holds_until" => Ok(GeneratedField::HoldsUntil),
                            "messages" => Ok(GeneratedField::Messages),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Deadlock;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Deadlock")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Deadlock, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut members__ = None;
                let mut shape__ = None;
                let mut behind__ = None;
                let mut victims__ = None;
                let mut holds_until__ = None;
                let mut messages__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Members => {
                            if members__.is_some() {
                                return Err(serde::de::Error::duplicate_field("members"));
                            }
                            members__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Shape => {
                            if shape__.is_some() {
                                return Err(serde::de::Error::duplicate_field("shape"));
                            }
                            shape__ = map_.next_value()?;
                        }
                        GeneratedField::Behind => {
                            if behind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("behind"));
                            }
                            behind__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Victims => {
                            if victims__.is_some() {
                                return Err(serde::de::Error::duplicate_field("victims"));
                            }
                            victims__ = Some(map_.next_value()?);
                        }
                        GeneratedField::HoldsUntil => {
                            if holds_until__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holdsUntil"));
                            }
                            holds_until__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Messages => {
                            if messages__.is_some() {
                                return Err(serde::de::Error::duplicate_field("messages"));
                            }
                            messages__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Deadlock {
                    members: members__.unwrap_or_default(),
                    shape: shape__,
                    behind: behind__.unwrap_or_default(),
                    victims: victims__.unwrap_or_default(),
                    holds_until: holds_until__.unwrap_or_default(),
                    messages: messages__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Deadlock", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DeadlockProperty {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.DeadlockProperty", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DeadlockProperty {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DeadlockProperty;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.DeadlockProperty")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DeadlockProperty, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(DeadlockProperty {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.DeadlockProperty", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Death {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.since != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Death", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if self.since != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("since", ToString::to_string(&self.since).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Death {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "since",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Since,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "since" => Ok(GeneratedField::Since),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Death;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Death")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Death, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut since__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Since => {
                            if since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("since"));
                            }
                            since__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Death {
                    process: process__,
                    since: since__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Death", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Delta {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.inserted.is_empty() {
            len += 1;
        }
        if !self.removed.is_empty() {
            len += 1;
        }
        if !self.gauges.is_empty() {
            len += 1;
        }
        if !self.sending.is_empty() {
            len += 1;
        }
        if !self.receiving.is_empty() {
            len += 1;
        }
        if !self.ended_peers.is_empty() {
            len += 1;
        }
        if self.unstamped != 0 {
            len += 1;
        }
        if self.clock.is_some() {
            len += 1;
        }
        if !self.retired.is_empty() {
            len += 1;
        }
        if !self.met.is_empty() {
            len += 1;
        }
        if !self.forgotten.is_empty() {
            len += 1;
        }
        if !self.crossed.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Delta", len)?;
        if !self.inserted.is_empty() {
            struct_ser.serialize_field("inserted", &self.inserted)?;
        }
        if !self.removed.is_empty() {
            struct_ser.serialize_field("removed", &self.removed.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        }
        if !self.gauges.is_empty() {
            struct_ser.serialize_field("gauges", &self.gauges)?;
        }
        if !self.sending.is_empty() {
            struct_ser.serialize_field("sending", &self.sending)?;
        }
        if !self.receiving.is_empty() {
            struct_ser.serialize_field("receiving", &self.receiving)?;
        }
        if !self.ended_peers.is_empty() {
            struct_ser.serialize_field("endedPeers", &self.ended_peers)?;
        }
        if self.unstamped != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("unstamped", ToString::to_string(&self.unstamped).as_str())?;
        }
        if let Some(v) = self.clock.as_ref() {
            struct_ser.serialize_field("clock", v)?;
        }
        if !self.retired.is_empty() {
            struct_ser.serialize_field("retired", &self.retired)?;
        }
        if !self.met.is_empty() {
            struct_ser.serialize_field("met", &self.met.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        }
        if !self.forgotten.is_empty() {
            struct_ser.serialize_field("forgotten", &self.forgotten)?;
        }
        if !self.crossed.is_empty() {
            struct_ser.serialize_field("crossed", &self.crossed)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Delta {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "inserted",
            "removed",
            "gauges",
            "sending",
            "receiving",
            "ended_peers",
            "endedPeers",
            "unstamped",
            "clock",
            "retired",
            "met",
            "forgotten",
            "crossed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Inserted,
            Removed,
            Gauges,
            Sending,
            Receiving,
            EndedPeers,
            Unstamped,
            Clock,
            Retired,
            Met,
            Forgotten,
            Crossed,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "inserted" => Ok(GeneratedField::Inserted),
                            "removed" => Ok(GeneratedField::Removed),
                            "gauges" => Ok(GeneratedField::Gauges),
                            "sending" => Ok(GeneratedField::Sending),
                            "receiving" => Ok(GeneratedField::Receiving),
                            "endedPeers" | "ended_peers" => Ok(GeneratedField::EndedPeers),
                            "unstamped" => Ok(GeneratedField::Unstamped),
                            "clock" => Ok(GeneratedField::Clock),
                            "retired" => Ok(GeneratedField::Retired),
                            "met" => Ok(GeneratedField::Met),
                            "forgotten" => Ok(GeneratedField::Forgotten),
                            "crossed" => Ok(GeneratedField::Crossed),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Delta;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Delta")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Delta, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut inserted__ = None;
                let mut removed__ = None;
                let mut gauges__ = None;
                let mut sending__ = None;
                let mut receiving__ = None;
                let mut ended_peers__ = None;
                let mut unstamped__ = None;
                let mut clock__ = None;
                let mut retired__ = None;
                let mut met__ = None;
                let mut forgotten__ = None;
                let mut crossed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Inserted => {
                            if inserted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inserted"));
                            }
                            inserted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Removed => {
                            if removed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("removed"));
                            }
                            removed__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                        GeneratedField::Gauges => {
                            if gauges__.is_some() {
                                return Err(serde::de::Error::duplicate_field("gauges"));
                            }
                            gauges__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sending => {
                            if sending__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sending"));
                            }
                            sending__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Receiving => {
                            if receiving__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receiving"));
                            }
                            receiving__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EndedPeers => {
                            if ended_peers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endedPeers"));
                            }
                            ended_peers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unstamped => {
                            if unstamped__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unstamped"));
                            }
                            unstamped__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Clock => {
                            if clock__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clock"));
                            }
                            clock__ = map_.next_value()?;
                        }
                        GeneratedField::Retired => {
                            if retired__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retired"));
                            }
                            retired__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Met => {
                            if met__.is_some() {
                                return Err(serde::de::Error::duplicate_field("met"));
                            }
                            met__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                        GeneratedField::Forgotten => {
                            if forgotten__.is_some() {
                                return Err(serde::de::Error::duplicate_field("forgotten"));
                            }
                            forgotten__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Crossed => {
                            if crossed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("crossed"));
                            }
                            crossed__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Delta {
                    inserted: inserted__.unwrap_or_default(),
                    removed: removed__.unwrap_or_default(),
                    gauges: gauges__.unwrap_or_default(),
                    sending: sending__.unwrap_or_default(),
                    receiving: receiving__.unwrap_or_default(),
                    ended_peers: ended_peers__.unwrap_or_default(),
                    unstamped: unstamped__.unwrap_or_default(),
                    clock: clock__,
                    retired: retired__.unwrap_or_default(),
                    met: met__.unwrap_or_default(),
                    forgotten: forgotten__.unwrap_or_default(),
                    crossed: crossed__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Delta", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DetectRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.properties.is_empty() {
            len += 1;
        }
        if self.victim_policy != 0 {
            len += 1;
        }
        if self.epoch.is_some() {
            len += 1;
        }
        if self.deadline_ms.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.DetectRequest", len)?;
        if !self.properties.is_empty() {
            struct_ser.serialize_field("properties", &self.properties)?;
        }
        if self.victim_policy != 0 {
            let v = VictimPolicy::try_from(self.victim_policy)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.victim_policy)))?;
            struct_ser.serialize_field("victimPolicy", &v)?;
        }
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.deadline_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deadlineMs", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DetectRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "properties",
            "victim_policy",
            "victimPolicy",
            "epoch",
            "deadline_ms",
            "deadlineMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Properties,
            VictimPolicy,
            Epoch,
            DeadlineMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "properties" => Ok(GeneratedField::Properties),
                            "victimPolicy" | "victim_policy" => Ok(GeneratedField::VictimPolicy),
                            "epoch" => Ok(GeneratedField::Epoch),
                            "deadlineMs" | "deadline_ms" => Ok(GeneratedField::DeadlineMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DetectRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.DetectRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DetectRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut properties__ = None;
                let mut victim_policy__ = None;
                let mut epoch__ = None;
                let mut deadline_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Properties => {
                            if properties__.is_some() {
                                return Err(serde::de::Error::duplicate_field("properties"));
                            }
                            properties__ = Some(map_.next_value()?);
                        }
                        GeneratedField::VictimPolicy => {
                            if victim_policy__.is_some() {
                                return Err(serde::de::Error::duplicate_field("victimPolicy"));
                            }
                            victim_policy__ = Some(map_.next_value::<VictimPolicy>()? as i32);
                        }
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::DeadlineMs => {
                            if deadline_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlineMs"));
                            }
                            deadline_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(DetectRequest {
                    properties: properties__.unwrap_or_default(),
                    victim_policy: victim_policy__.unwrap_or_default(),
                    epoch: epoch__,
                    deadline_ms: deadline_ms__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.DetectRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DetectResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.snapshot.is_some() {
            len += 1;
        }
        if !self.findings.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.DetectResponse", len)?;
        if let Some(v) = self.snapshot.as_ref() {
            struct_ser.serialize_field("snapshot", v)?;
        }
        if !self.findings.is_empty() {
            struct_ser.serialize_field("findings", &self.findings)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DetectResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "snapshot",
            "findings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Snapshot,
            Findings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "snapshot" => Ok(GeneratedField::Snapshot),
                            "findings" => Ok(GeneratedField::Findings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DetectResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.DetectResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DetectResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut snapshot__ = None;
                let mut findings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Snapshot => {
                            if snapshot__.is_some() {
                                return Err(serde::de::Error::duplicate_field("snapshot"));
                            }
                            snapshot__ = map_.next_value()?;
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(DetectResponse {
                    snapshot: snapshot__,
                    findings: findings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.DetectResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Doubt {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.task.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Doubt", len)?;
        if let Some(v) = self.task.as_ref() {
            struct_ser.serialize_field("task", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            match v {
                doubt::Reason::Absent(v) => {
                    struct_ser.serialize_field("absent", v)?;
                }
                doubt::Reason::Lost(v) => {
                    struct_ser.serialize_field("lost", v)?;
                }
                doubt::Reason::Stranger(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("stranger", ToString::to_string(&v).as_str())?;
                }
                doubt::Reason::UnknownContent(v) => {
                    struct_ser.serialize_field("unknownContent", v)?;
                }
                doubt::Reason::Unread(v) => {
                    struct_ser.serialize_field("unread", v)?;
                }
                doubt::Reason::Doubtful(v) => {
                    struct_ser.serialize_field("doubtful", v)?;
                }
                doubt::Reason::Hidden(v) => {
                    struct_ser.serialize_field("hidden", v)?;
                }
                doubt::Reason::GroupCopy(v) => {
                    struct_ser.serialize_field("groupCopy", v)?;
                }
                doubt::Reason::Unserved(v) => {
                    struct_ser.serialize_field("unserved", v)?;
                }
                doubt::Reason::OpenReceive(v) => {
                    struct_ser.serialize_field("openReceive", v)?;
                }
                doubt::Reason::OpenResource(v) => {
                    struct_ser.serialize_field("openResource", v)?;
                }
                doubt::Reason::UnknownCapacity(v) => {
                    struct_ser.serialize_field("unknownCapacity", v)?;
                }
                doubt::Reason::UnboundHold(v) => {
                    struct_ser.serialize_field("unboundHold", v)?;
                }
                doubt::Reason::OrphanedHold(v) => {
                    struct_ser.serialize_field("orphanedHold", v)?;
                }
                doubt::Reason::UnconfirmedHold(v) => {
                    struct_ser.serialize_field("unconfirmedHold", v)?;
                }
                doubt::Reason::RunningBranch(v) => {
                    struct_ser.serialize_field("runningBranch", v)?;
                }
                doubt::Reason::Undecided(v) => {
                    struct_ser.serialize_field("undecided", v)?;
                }
                doubt::Reason::NoCreation(v) => {
                    struct_ser.serialize_field("noCreation", v)?;
                }
                doubt::Reason::Withheld(v) => {
                    struct_ser.serialize_field("withheld", v)?;
                }
                doubt::Reason::UnseenHolder(v) => {
                    struct_ser.serialize_field("unseenHolder", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Doubt {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "absent",
            "lost",
            "stranger",
            "unknown_content",
            "unknownContent",
            "unread",
            "doubtful",
            "hidden",
            "group_copy",
            "groupCopy",
            "unserved",
            "open_receive",
            "openReceive",
            "open_resource",
            "openResource",
            "unknown_capacity",
            "unknownCapacity",
            "unbound_hold",
            "unboundHold",
            "orphaned_hold",
            "orphanedHold",
            "unconfirmed_hold",
            "unconfirmedHold",
            "running_branch",
            "runningBranch",
            "undecided",
            "no_creation",
            "noCreation",
            "withheld",
            "unseen_holder",
            "unseenHolder",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Absent,
            Lost,
            Stranger,
            UnknownContent,
            Unread,
            Doubtful,
            Hidden,
            GroupCopy,
            Unserved,
            OpenReceive,
            OpenResource,
            UnknownCapacity,
            UnboundHold,
            OrphanedHold,
            UnconfirmedHold,
            RunningBranch,
            Undecided,
            NoCreation,
            Withheld,
            UnseenHolder,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "absent" => Ok(GeneratedField::Absent),
                            "lost" => Ok(GeneratedField::Lost),
                            "stranger" => Ok(GeneratedField::Stranger),
                            "unknownContent" | "unknown_content" => Ok(GeneratedField::UnknownContent),
                            "unread" => Ok(GeneratedField::Unread),
                            "doubtful" => Ok(GeneratedField::Doubtful),
                            "hidden" => Ok(GeneratedField::Hidden),
                            "groupCopy" | "group_copy" => Ok(GeneratedField::GroupCopy),
                            "unserved" => Ok(GeneratedField::Unserved),
                            "openReceive" | "open_receive" => Ok(GeneratedField::OpenReceive),
                            "openResource" | "open_resource" => Ok(GeneratedField::OpenResource),
                            "unknownCapacity" | "unknown_capacity" => Ok(GeneratedField::UnknownCapacity),
                            "unboundHold" | "unbound_hold" => Ok(GeneratedField::UnboundHold),
                            "orphanedHold" | "orphaned_hold" => Ok(GeneratedField::OrphanedHold),
                            "unconfirmedHold" | "unconfirmed_hold" => Ok(GeneratedField::UnconfirmedHold),
                            "runningBranch" | "running_branch" => Ok(GeneratedField::RunningBranch),
                            "undecided" => Ok(GeneratedField::Undecided),
                            "noCreation" | "no_creation" => Ok(GeneratedField::NoCreation),
                            "withheld" => Ok(GeneratedField::Withheld),
                            "unseenHolder" | "unseen_holder" => Ok(GeneratedField::UnseenHolder),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Doubt;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Doubt")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Doubt, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = map_.next_value()?;
                        }
                        GeneratedField::Absent => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("absent"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Absent)
;
                        }
                        GeneratedField::Lost => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Lost)
;
                        }
                        GeneratedField::Stranger => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stranger"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| doubt::Reason::Stranger(x.0));
                        }
                        GeneratedField::UnknownContent => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unknownContent"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::UnknownContent)
;
                        }
                        GeneratedField::Unread => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unread"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Unread)
;
                        }
                        GeneratedField::Doubtful => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doubtful"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Doubtful)
;
                        }
                        GeneratedField::Hidden => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hidden"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Hidden)
;
                        }
                        GeneratedField::GroupCopy => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("groupCopy"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::GroupCopy)
;
                        }
                        GeneratedField::Unserved => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unserved"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Unserved)
;
                        }
                        GeneratedField::OpenReceive => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("openReceive"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::OpenReceive)
;
                        }
                        GeneratedField::OpenResource => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("openResource"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::OpenResource);
                        }
                        GeneratedField::UnknownCapacity => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unknownCapacity"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::UnknownCapacity);
                        }
                        GeneratedField::UnboundHold => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unboundHold"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::UnboundHold)
;
                        }
                        GeneratedField::OrphanedHold => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("orphanedHold"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::OrphanedHold)
;
                        }
                        GeneratedField::UnconfirmedHold => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unconfirmedHold"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::UnconfirmedHold)
;
                        }
                        GeneratedField::RunningBranch => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("runningBranch"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::RunningBranch)
;
                        }
                        GeneratedField::Undecided => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("undecided"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Undecided)
;
                        }
                        GeneratedField::NoCreation => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("noCreation"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::NoCreation)
;
                        }
                        GeneratedField::Withheld => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("withheld"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::Withheld);
                        }
                        GeneratedField::UnseenHolder => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unseenHolder"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(doubt::Reason::UnseenHolder);
                        }
                    }
                }
                Ok(Doubt {
                    task: task__,
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Doubt", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Edge {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.from.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if !self.by.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Edge", len)?;
        if let Some(v) = self.from.as_ref() {
            struct_ser.serialize_field("from", v)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if !self.by.is_empty() {
            struct_ser.serialize_field("by", &self.by)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Edge {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "from",
            "to",
            "by",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            From,
            To,
            By,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            "by" => Ok(GeneratedField::By),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Edge;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Edge")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Edge, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut from__ = None;
                let mut to__ = None;
                let mut by__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = map_.next_value()?;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::By => {
                            if by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("by"));
                            }
                            by__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Edge {
                    from: from__,
                    to: to__,
                    by: by__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Edge", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Edges {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.edges.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Edges", len)?;
        if !self.edges.is_empty() {
            struct_ser.serialize_field("edges", &self.edges)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Edges {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "edges",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Edges,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "edges" => Ok(GeneratedField::Edges),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Edges;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Edges")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Edges, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut edges__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Edges => {
                            if edges__.is_some() {
                                return Err(serde::de::Error::duplicate_field("edges"));
                            }
                            edges__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Edges {
                    edges: edges__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Edges", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Exclusive {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.Exclusive", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Exclusive {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Exclusive;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Exclusive")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Exclusive, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Exclusive {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Exclusive", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Expired {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Expired", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Expired {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Expired;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Expired")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Expired, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Expired {
                    lane: lane__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Expired", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for External {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.External", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for External {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = External;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.External")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<External, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(External {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.External", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Fate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "FATE_UNSPECIFIED",
            Self::Transit => "FATE_TRANSIT",
            Self::Doubtful => "FATE_DOUBTFUL",
            Self::Hidden => "FATE_HIDDEN",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Fate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "FATE_UNSPECIFIED",
            "FATE_TRANSIT",
            "FATE_DOUBTFUL",
            "FATE_HIDDEN",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Fate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "FATE_UNSPECIFIED" => Ok(Fate::Unspecified),
                    "FATE_TRANSIT" => Ok(Fate::Transit),
                    "FATE_DOUBTFUL" => Ok(Fate::Doubtful),
                    "FATE_HIDDEN" => Ok(Fate::Hidden),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Faulty {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.what.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Faulty", len)?;
        if !self.what.is_empty() {
            struct_ser.serialize_field("what", &self.what)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Faulty {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "what",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            What,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "what" => Ok(GeneratedField::What),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Faulty;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Faulty")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Faulty, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut what__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::What => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("what"));
                            }
                            what__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Faulty {
                    what: what__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Faulty", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Finding {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.verdict.is_some() {
            len += 1;
        }
        if !self.record_id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Finding", len)?;
        if let Some(v) = self.verdict.as_ref() {
            struct_ser.serialize_field("verdict", v)?;
        }
        if !self.record_id.is_empty() {
            struct_ser.serialize_field("recordId", &self.record_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Finding {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verdict",
            "record_id",
            "recordId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verdict,
            RecordId,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "verdict" => Ok(GeneratedField::Verdict),
                            "recordId" | "record_id" => Ok(GeneratedField::RecordId),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Finding;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Finding")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Finding, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verdict__ = None;
                let mut record_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = map_.next_value()?;
                        }
                        GeneratedField::RecordId => {
                            if record_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recordId"));
                            }
                            record_id__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Finding {
                    verdict: verdict__,
                    record_id: record_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Finding", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GarbageGroup {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.objects.is_empty() {
            len += 1;
        }
        if self.cyclic {
            len += 1;
        }
        if self.size != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.GarbageGroup", len)?;
        if !self.objects.is_empty() {
            struct_ser.serialize_field("objects", &self.objects)?;
        }
        if self.cyclic {
            struct_ser.serialize_field("cyclic", &self.cyclic)?;
        }
        if self.size != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("size", ToString::to_string(&self.size).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GarbageGroup {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "objects",
            "cyclic",
            "size",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Objects,
            Cyclic,
            Size,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "objects" => Ok(GeneratedField::Objects),
                            "cyclic" => Ok(GeneratedField::Cyclic),
                            "size" => Ok(GeneratedField::Size),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GarbageGroup;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GarbageGroup")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GarbageGroup, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut objects__ = None;
                let mut cyclic__ = None;
                let mut size__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Objects => {
                            if objects__.is_some() {
                                return Err(serde::de::Error::duplicate_field("objects"));
                            }
                            objects__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cyclic => {
                            if cyclic__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cyclic"));
                            }
                            cyclic__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Size => {
                            if size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("size"));
                            }
                            size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(GarbageGroup {
                    objects: objects__.unwrap_or_default(),
                    cyclic: cyclic__.unwrap_or_default(),
                    size: size__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GarbageGroup", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GarbageGroups {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.groups.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.GarbageGroups", len)?;
        if !self.groups.is_empty() {
            struct_ser.serialize_field("groups", &self.groups)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GarbageGroups {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "groups",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Groups,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "groups" => Ok(GeneratedField::Groups),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GarbageGroups;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GarbageGroups")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GarbageGroups, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut groups__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Groups => {
                            if groups__.is_some() {
                                return Err(serde::de::Error::duplicate_field("groups"));
                            }
                            groups__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(GarbageGroups {
                    groups: groups__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GarbageGroups", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GarbageProperty {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.GarbageProperty", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GarbageProperty {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GarbageProperty;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GarbageProperty")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GarbageProperty, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(GarbageProperty {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GarbageProperty", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Gauge {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.amount != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Gauge", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.amount != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("amount", ToString::to_string(&self.amount).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Gauge {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "amount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Amount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "amount" => Ok(GeneratedField::Amount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Gauge;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Gauge")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Gauge, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut amount__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Amount => {
                            if amount__.is_some() {
                                return Err(serde::de::Error::duplicate_field("amount"));
                            }
                            amount__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Gauge {
                    name: name__.unwrap_or_default(),
                    amount: amount__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Gauge", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetSnapshotRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.epoch != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.GetSnapshotRequest", len)?;
        if self.epoch != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&self.epoch).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetSnapshotRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetSnapshotRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GetSnapshotRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetSnapshotRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(GetSnapshotRequest {
                    epoch: epoch__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GetSnapshotRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetSnapshotResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.part.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.GetSnapshotResponse", len)?;
        if let Some(v) = self.part.as_ref() {
            struct_ser.serialize_field("part", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetSnapshotResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "part",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Part,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "part" => Ok(GeneratedField::Part),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetSnapshotResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GetSnapshotResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetSnapshotResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut part__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Part => {
                            if part__.is_some() {
                                return Err(serde::de::Error::duplicate_field("part"));
                            }
                            part__ = map_.next_value()?;
                        }
                    }
                }
                Ok(GetSnapshotResponse {
                    part: part__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GetSnapshotResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetVerdictRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.GetVerdictRequest", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetVerdictRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetVerdictRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GetVerdictRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetVerdictRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(GetVerdictRequest {
                    id: id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GetVerdictRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetVerdictResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.verdict.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.GetVerdictResponse", len)?;
        if let Some(v) = self.verdict.as_ref() {
            struct_ser.serialize_field("verdict", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetVerdictResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verdict",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verdict,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "verdict" => Ok(GeneratedField::Verdict),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetVerdictResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.GetVerdictResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetVerdictResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verdict__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = map_.next_value()?;
                        }
                    }
                }
                Ok(GetVerdictResponse {
                    verdict: verdict__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.GetVerdictResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Grant {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.resource.is_some() {
            len += 1;
        }
        if self.grip.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Grant", len)?;
        if let Some(v) = self.resource.as_ref() {
            struct_ser.serialize_field("resource", v)?;
        }
        if let Some(v) = self.grip.as_ref() {
            struct_ser.serialize_field("grip", v)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Grant {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "resource",
            "grip",
            "to",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Resource,
            Grip,
            To,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "resource" => Ok(GeneratedField::Resource),
                            "grip" => Ok(GeneratedField::Grip),
                            "to" => Ok(GeneratedField::To),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Grant;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Grant")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Grant, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut resource__ = None;
                let mut grip__ = None;
                let mut to__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Resource => {
                            if resource__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            resource__ = map_.next_value()?;
                        }
                        GeneratedField::Grip => {
                            if grip__.is_some() {
                                return Err(serde::de::Error::duplicate_field("grip"));
                            }
                            grip__ = map_.next_value()?;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Grant {
                    resource: resource__,
                    grip: grip__,
                    to: to__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Grant", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Grip {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.grip.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Grip", len)?;
        if let Some(v) = self.grip.as_ref() {
            match v {
                grip::Grip::Shared(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("shared", ToString::to_string(&v).as_str())?;
                }
                grip::Grip::Exclusive(v) => {
                    struct_ser.serialize_field("exclusive", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Grip {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "shared",
            "exclusive",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Shared,
            Exclusive,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "shared" => Ok(GeneratedField::Shared),
                            "exclusive" => Ok(GeneratedField::Exclusive),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Grip;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Grip")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Grip, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut grip__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Shared => {
                            if grip__.is_some() {
                                return Err(serde::de::Error::duplicate_field("shared"));
                            }
                            grip__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| grip::Grip::Shared(x.0));
                        }
                        GeneratedField::Exclusive => {
                            if grip__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exclusive"));
                            }
                            grip__ = map_.next_value::<::std::option::Option<_>>()?.map(grip::Grip::Exclusive)
;
                        }
                    }
                }
                Ok(Grip {
                    grip: grip__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Grip", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Group {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.Group", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Group {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Group;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Group")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Group, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Group {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Group", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Heartbeat {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.Heartbeat", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Heartbeat {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Heartbeat;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Heartbeat")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Heartbeat, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Heartbeat {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Heartbeat", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Hello {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.incarnation.is_some() {
            len += 1;
        }
        if self.deployment.is_some() {
            len += 1;
        }
        if self.versions.is_some() {
            len += 1;
        }
        if self.epoch.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Hello", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if let Some(v) = self.incarnation.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("incarnation", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.deployment.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deployment", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.versions.as_ref() {
            struct_ser.serialize_field("versions", v)?;
        }
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Hello {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "incarnation",
            "deployment",
            "versions",
            "epoch",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Incarnation,
            Deployment,
            Versions,
            Epoch,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "incarnation" => Ok(GeneratedField::Incarnation),
                            "deployment" => Ok(GeneratedField::Deployment),
                            "versions" => Ok(GeneratedField::Versions),
                            "epoch" => Ok(GeneratedField::Epoch),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Hello;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Hello")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Hello, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut incarnation__ = None;
                let mut deployment__ = None;
                let mut versions__ = None;
                let mut epoch__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Incarnation => {
                            if incarnation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("incarnation"));
                            }
                            incarnation__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Deployment => {
                            if deployment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deployment"));
                            }
                            deployment__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Versions => {
                            if versions__.is_some() {
                                return Err(serde::de::Error::duplicate_field("versions"));
                            }
                            versions__ = map_.next_value()?;
                        }
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Hello {
                    name: name__.unwrap_or_default(),
                    incarnation: incarnation__,
                    deployment: deployment__,
                    versions: versions__,
                    epoch: epoch__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Hello", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Hold {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.resource.is_some() {
            len += 1;
        }
        if self.task.is_some() {
            len += 1;
        }
        if self.grip.is_some() {
            len += 1;
        }
        if self.since_ms != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Hold", len)?;
        if let Some(v) = self.resource.as_ref() {
            struct_ser.serialize_field("resource", v)?;
        }
        if let Some(v) = self.task.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("task", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.grip.as_ref() {
            struct_ser.serialize_field("grip", v)?;
        }
        if self.since_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sinceMs", ToString::to_string(&self.since_ms).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Hold {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "resource",
            "task",
            "grip",
            "since_ms",
            "sinceMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Resource,
            Task,
            Grip,
            SinceMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "resource" => Ok(GeneratedField::Resource),
                            "task" => Ok(GeneratedField::Task),
                            "grip" => Ok(GeneratedField::Grip),
                            "sinceMs" | "since_ms" => Ok(GeneratedField::SinceMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Hold;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Hold")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Hold, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut resource__ = None;
                let mut task__ = None;
                let mut grip__ = None;
                let mut since_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Resource => {
                            if resource__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            resource__ = map_.next_value()?;
                        }
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Grip => {
                            if grip__.is_some() {
                                return Err(serde::de::Error::duplicate_field("grip"));
                            }
                            grip__ = map_.next_value()?;
                        }
                        GeneratedField::SinceMs => {
                            if since_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sinceMs"));
                            }
                            since_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Hold {
                    resource: resource__,
                    task: task__,
                    grip: grip__,
                    since_ms: since_ms__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Hold", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for HoldsUntil {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.deadline_ms != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.HoldsUntil", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if self.deadline_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deadlineMs", ToString::to_string(&self.deadline_ms).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for HoldsUntil {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "deadline_ms",
            "deadlineMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            DeadlineMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "deadlineMs" | "deadline_ms" => Ok(GeneratedField::DeadlineMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = HoldsUntil;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.HoldsUntil")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<HoldsUntil, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut deadline_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::DeadlineMs => {
                            if deadline_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlineMs"));
                            }
                            deadline_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(HoldsUntil {
                    process: process__,
                    deadline_ms: deadline_ms__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.HoldsUntil", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ImpossibleReport {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.from.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ImpossibleReport", len)?;
        if let Some(v) = self.from.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.to.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("to", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ImpossibleReport {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "from",
            "to",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            From,
            To,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ImpossibleReport;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ImpossibleReport")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ImpossibleReport, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut from__ = None;
                let mut to__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(ImpossibleReport {
                    from: from__,
                    to: to__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ImpossibleReport", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for InTransit {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.id.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if !self.annotations.is_empty() {
            len += 1;
        }
        if self.fate != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.InTransit", len)?;
        if let Some(v) = self.id.as_ref() {
            struct_ser.serialize_field("id", v)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if !self.annotations.is_empty() {
            struct_ser.serialize_field("annotations", &self.annotations)?;
        }
        if self.fate != 0 {
            let v = Fate::try_from(self.fate)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.fate)))?;
            struct_ser.serialize_field("fate", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for InTransit {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "to",
            "annotations",
            "fate",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            To,
            Annotations,
            Fate,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "to" => Ok(GeneratedField::To),
                            "annotations" => Ok(GeneratedField::Annotations),
                            "fate" => Ok(GeneratedField::Fate),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = InTransit;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.InTransit")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<InTransit, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut to__ = None;
                let mut annotations__ = None;
                let mut fate__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = map_.next_value()?;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::Annotations => {
                            if annotations__.is_some() {
                                return Err(serde::de::Error::duplicate_field("annotations"));
                            }
                            annotations__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Fate => {
                            if fate__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fate"));
                            }
                            fate__ = Some(map_.next_value::<Fate>()? as i32);
                        }
                    }
                }
                Ok(InTransit {
                    id: id__,
                    to: to__,
                    annotations: annotations__.unwrap_or_default(),
                    fate: fate__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.InTransit", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Lane {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if !self.sender_name.is_empty() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if self.order != 0 {
            len += 1;
        }
        if self.sent != 0 {
            len += 1;
        }
        if self.outstanding != 0 {
            len += 1;
        }
        if self.doubtful != 0 {
            len += 1;
        }
        if !self.received.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Lane", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if !self.sender_name.is_empty() {
            struct_ser.serialize_field("senderName", &self.sender_name)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if self.order != 0 {
            let v = LaneOrder::try_from(self.order)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.order)))?;
            struct_ser.serialize_field("order", &v)?;
        }
        if self.sent != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sent", ToString::to_string(&self.sent).as_str())?;
        }
        if self.outstanding != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("outstanding", ToString::to_string(&self.outstanding).as_str())?;
        }
        if self.doubtful != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("doubtful", ToString::to_string(&self.doubtful).as_str())?;
        }
        if !self.received.is_empty() {
            struct_ser.serialize_field("received", &self.received)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Lane {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "sender_name",
            "senderName",
            "to",
            "order",
            "sent",
            "outstanding",
            "doubtful",
            "received",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            SenderName,
            To,
            Order,
            Sent,
            Outstanding,
            Doubtful,
            Received,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "senderName" | "sender_name" => Ok(GeneratedField::SenderName),
                            "to" => Ok(GeneratedField::To),
                            "order" => Ok(GeneratedField::Order),
                            "sent" => Ok(GeneratedField::Sent),
                            "outstanding" => Ok(GeneratedField::Outstanding),
                            "doubtful" => Ok(GeneratedField::Doubtful),
                            "received" => Ok(GeneratedField::Received),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Lane;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Lane")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Lane, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut sender_name__ = None;
                let mut to__ = None;
                let mut order__ = None;
                let mut sent__ = None;
                let mut outstanding__ = None;
                let mut doubtful__ = None;
                let mut received__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::SenderName => {
                            if sender_name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("senderName"));
                            }
                            sender_name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::Order => {
                            if order__.is_some() {
                                return Err(serde::de::Error::duplicate_field("order"));
                            }
                            order__ = Some(map_.next_value::<LaneOrder>()? as i32);
                        }
                        GeneratedField::Sent => {
                            if sent__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sent"));
                            }
                            sent__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Outstanding => {
                            if outstanding__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outstanding"));
                            }
                            outstanding__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Doubtful => {
                            if doubtful__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doubtful"));
                            }
                            doubtful__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Received => {
                            if received__.is_some() {
                                return Err(serde::de::Error::duplicate_field("received"));
                            }
                            received__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Lane {
                    lane: lane__,
                    sender_name: sender_name__.unwrap_or_default(),
                    to: to__,
                    order: order__.unwrap_or_default(),
                    sent: sent__.unwrap_or_default(),
                    outstanding: outstanding__.unwrap_or_default(),
                    doubtful: doubtful__.unwrap_or_default(),
                    received: received__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Lane", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LaneEnd {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.end.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LaneEnd", len)?;
        if let Some(v) = self.end.as_ref() {
            match v {
                lane_end::End::Peer(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("peer", ToString::to_string(&v).as_str())?;
                }
                lane_end::End::Sole(v) => {
                    struct_ser.serialize_field("sole", v)?;
                }
                lane_end::End::Group(v) => {
                    struct_ser.serialize_field("group", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LaneEnd {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "peer",
            "sole",
            "group",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Peer,
            Sole,
            Group,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "peer" => Ok(GeneratedField::Peer),
                            "sole" => Ok(GeneratedField::Sole),
                            "group" => Ok(GeneratedField::Group),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LaneEnd;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LaneEnd")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LaneEnd, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut end__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Peer => {
                            if end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("peer"));
                            }
                            end__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| lane_end::End::Peer(x.0));
                        }
                        GeneratedField::Sole => {
                            if end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sole"));
                            }
                            end__ = map_.next_value::<::std::option::Option<_>>()?.map(lane_end::End::Sole)
;
                        }
                        GeneratedField::Group => {
                            if end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("group"));
                            }
                            end__ = map_.next_value::<::std::option::Option<_>>()?.map(lane_end::End::Group)
;
                        }
                    }
                }
                Ok(LaneEnd {
                    end: end__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LaneEnd", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LaneOpened {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.to.is_some() {
            len += 1;
        }
        if self.order != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LaneOpened", len)?;
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if self.order != 0 {
            let v = LaneOrder::try_from(self.order)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.order)))?;
            struct_ser.serialize_field("order", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LaneOpened {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "to",
            "order",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            To,
            Order,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "to" => Ok(GeneratedField::To),
                            "order" => Ok(GeneratedField::Order),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LaneOpened;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LaneOpened")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LaneOpened, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut to__ = None;
                let mut order__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::Order => {
                            if order__.is_some() {
                                return Err(serde::de::Error::duplicate_field("order"));
                            }
                            order__ = Some(map_.next_value::<LaneOrder>()? as i32);
                        }
                    }
                }
                Ok(LaneOpened {
                    to: to__,
                    order: order__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LaneOpened", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LaneOrder {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "LANE_ORDER_UNSPECIFIED",
            Self::Fifo => "LANE_ORDER_FIFO",
            Self::Unordered => "LANE_ORDER_UNORDERED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for LaneOrder {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "LANE_ORDER_UNSPECIFIED",
            "LANE_ORDER_FIFO",
            "LANE_ORDER_UNORDERED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = LaneOrder;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "LANE_ORDER_UNSPECIFIED" => Ok(LaneOrder::Unspecified),
                    "LANE_ORDER_FIFO" => Ok(LaneOrder::Fifo),
                    "LANE_ORDER_UNORDERED" => Ok(LaneOrder::Unordered),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for LaneReceiver {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if self.received != 0 {
            len += 1;
        }
        if self.floor != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LaneReceiver", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.received != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("received", ToString::to_string(&self.received).as_str())?;
        }
        if self.floor != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("floor", ToString::to_string(&self.floor).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LaneReceiver {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "name",
            "received",
            "floor",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Name,
            Received,
            Floor,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "name" => Ok(GeneratedField::Name),
                            "received" => Ok(GeneratedField::Received),
                            "floor" => Ok(GeneratedField::Floor),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LaneReceiver;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LaneReceiver")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LaneReceiver, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut name__ = None;
                let mut received__ = None;
                let mut floor__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Received => {
                            if received__.is_some() {
                                return Err(serde::de::Error::duplicate_field("received"));
                            }
                            received__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Floor => {
                            if floor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("floor"));
                            }
                            floor__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(LaneReceiver {
                    process: process__,
                    name: name__.unwrap_or_default(),
                    received: received__.unwrap_or_default(),
                    floor: floor__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LaneReceiver", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LaneRef {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.lane.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LaneRef", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LaneRef {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "lane",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Lane,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "lane" => Ok(GeneratedField::Lane),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LaneRef;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LaneRef")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LaneRef, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut lane__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(LaneRef {
                    process: process__,
                    lane: lane__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LaneRef", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Left {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.last.is_some() {
            len += 1;
        }
        if self.since.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Left", len)?;
        if let Some(v) = self.last.as_ref() {
            struct_ser.serialize_field("last", v)?;
        }
        if let Some(v) = self.since.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("since", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Left {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "last",
            "since",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Last,
            Since,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "last" => Ok(GeneratedField::Last),
                            "since" => Ok(GeneratedField::Since),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Left;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Left")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Left, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut last__ = None;
                let mut since__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Last => {
                            if last__.is_some() {
                                return Err(serde::de::Error::duplicate_field("last"));
                            }
                            last__ = map_.next_value()?;
                        }
                        GeneratedField::Since => {
                            if since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("since"));
                            }
                            since__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Left {
                    last: last__,
                    since: since__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Left", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListLanesRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListLanesRequest", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListLanesRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListLanesRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListLanesRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListLanesRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListLanesRequest {
                    process: process__,
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListLanesRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListLanesResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.lanes.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListLanesResponse", len)?;
        if !self.lanes.is_empty() {
            struct_ser.serialize_field("lanes", &self.lanes)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListLanesResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lanes",
            "next_page_token",
            "nextPageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lanes,
            NextPageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lanes" => Ok(GeneratedField::Lanes),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListLanesResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListLanesResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListLanesResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lanes__ = None;
                let mut next_page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lanes => {
                            if lanes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lanes"));
                            }
                            lanes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListLanesResponse {
                    lanes: lanes__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListLanesResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListProcessesRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListProcessesRequest", len)?;
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListProcessesRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListProcessesRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListProcessesRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListProcessesRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListProcessesRequest {
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListProcessesRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListProcessesResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.processes.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListProcessesResponse", len)?;
        if !self.processes.is_empty() {
            struct_ser.serialize_field("processes", &self.processes)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListProcessesResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "processes",
            "next_page_token",
            "nextPageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Processes,
            NextPageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "processes" => Ok(GeneratedField::Processes),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListProcessesResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListProcessesResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListProcessesResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut processes__ = None;
                let mut next_page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Processes => {
                            if processes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("processes"));
                            }
                            processes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListProcessesResponse {
                    processes: processes__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListProcessesResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListSnapshotsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListSnapshotsRequest", len)?;
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListSnapshotsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListSnapshotsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListSnapshotsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListSnapshotsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListSnapshotsRequest {
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListSnapshotsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListSnapshotsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.snapshots.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListSnapshotsResponse", len)?;
        if !self.snapshots.is_empty() {
            struct_ser.serialize_field("snapshots", &self.snapshots)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListSnapshotsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "snapshots",
            "next_page_token",
            "nextPageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Snapshots,
            NextPageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "snapshots" => Ok(GeneratedField::Snapshots),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListSnapshotsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListSnapshotsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListSnapshotsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut snapshots__ = None;
                let mut next_page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Snapshots => {
                            if snapshots__.is_some() {
                                return Err(serde::de::Error::duplicate_field("snapshots"));
                            }
                            snapshots__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListSnapshotsResponse {
                    snapshots: snapshots__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListSnapshotsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListVerdictsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.properties.is_empty() {
            len += 1;
        }
        if !self.states.is_empty() {
            len += 1;
        }
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListVerdictsRequest", len)?;
        if !self.properties.is_empty() {
            let v = self.properties.iter().cloned().map(|v| {
                PropertyKind::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("properties", &v)?;
        }
        if !self.states.is_empty() {
            let v = self.states.iter().cloned().map(|v| {
                VerdictState::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("states", &v)?;
        }
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListVerdictsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "properties",
            "states",
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Properties,
            States,
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "properties" => Ok(GeneratedField::Properties),
                            "states" => Ok(GeneratedField::States),
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListVerdictsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListVerdictsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListVerdictsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut properties__ = None;
                let mut states__ = None;
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Properties => {
                            if properties__.is_some() {
                                return Err(serde::de::Error::duplicate_field("properties"));
                            }
                            properties__ = Some(map_.next_value::<Vec<PropertyKind>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::States => {
                            if states__.is_some() {
                                return Err(serde::de::Error::duplicate_field("states"));
                            }
                            states__ = Some(map_.next_value::<Vec<VerdictState>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListVerdictsRequest {
                    properties: properties__.unwrap_or_default(),
                    states: states__.unwrap_or_default(),
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListVerdictsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListVerdictsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.verdicts.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ListVerdictsResponse", len)?;
        if !self.verdicts.is_empty() {
            struct_ser.serialize_field("verdicts", &self.verdicts)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        if self.revision != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("revision", ToString::to_string(&self.revision).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListVerdictsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verdicts",
            "next_page_token",
            "nextPageToken",
            "revision",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verdicts,
            NextPageToken,
            Revision,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "verdicts" => Ok(GeneratedField::Verdicts),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            "revision" => Ok(GeneratedField::Revision),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListVerdictsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ListVerdictsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListVerdictsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verdicts__ = None;
                let mut next_page_token__ = None;
                let mut revision__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verdicts => {
                            if verdicts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdicts"));
                            }
                            verdicts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(ListVerdictsResponse {
                    verdicts: verdicts__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                    revision: revision__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ListVerdictsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Location {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.file.is_empty() {
            len += 1;
        }
        if self.line != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Location", len)?;
        if !self.file.is_empty() {
            struct_ser.serialize_field("file", &self.file)?;
        }
        if self.line != 0 {
            struct_ser.serialize_field("line", &self.line)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Location {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "file",
            "line",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            File,
            Line,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "file" => Ok(GeneratedField::File),
                            "line" => Ok(GeneratedField::Line),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Location;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Location")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Location, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut file__ = None;
                let mut line__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::File => {
                            if file__.is_some() {
                                return Err(serde::de::Error::duplicate_field("file"));
                            }
                            file__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Line => {
                            if line__.is_some() {
                                return Err(serde::de::Error::duplicate_field("line"));
                            }
                            line__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Location {
                    file: file__.unwrap_or_default(),
                    line: line__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Location", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Lost {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.certain {
            len += 1;
        }
        if self.last.is_some() {
            len += 1;
        }
        if self.since.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Lost", len)?;
        if self.certain {
            struct_ser.serialize_field("certain", &self.certain)?;
        }
        if let Some(v) = self.last.as_ref() {
            struct_ser.serialize_field("last", v)?;
        }
        if let Some(v) = self.since.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("since", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Lost {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "certain",
            "last",
            "since",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Certain,
            Last,
            Since,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "certain" => Ok(GeneratedField::Certain),
                            "last" => Ok(GeneratedField::Last),
                            "since" => Ok(GeneratedField::Since),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Lost;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Lost")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Lost, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut certain__ = None;
                let mut last__ = None;
                let mut since__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Certain => {
                            if certain__.is_some() {
                                return Err(serde::de::Error::duplicate_field("certain"));
                            }
                            certain__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Last => {
                            if last__.is_some() {
                                return Err(serde::de::Error::duplicate_field("last"));
                            }
                            last__ = map_.next_value()?;
                        }
                        GeneratedField::Since => {
                            if since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("since"));
                            }
                            since__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Lost {
                    certain: certain__.unwrap_or_default(),
                    last: last__,
                    since: since__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Lost", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LostMember {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.certain {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LostMember", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if self.certain {
            struct_ser.serialize_field("certain", &self.certain)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LostMember {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "certain",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Certain,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "certain" => Ok(GeneratedField::Certain),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LostMember;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LostMember")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LostMember, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut certain__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Certain => {
                            if certain__.is_some() {
                                return Err(serde::de::Error::duplicate_field("certain"));
                            }
                            certain__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(LostMember {
                    process: process__,
                    certain: certain__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LostMember", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LostMessages {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LostMessages", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LostMessages {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LostMessages;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LostMessages")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LostMessages, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(LostMessages {
                    lane: lane__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LostMessages", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LostNumbers {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.LostNumbers", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LostNumbers {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LostNumbers;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.LostNumbers")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LostNumbers, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(LostNumbers {
                    lane: lane__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.LostNumbers", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Mark {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.object.is_some() {
            len += 1;
        }
        if self.via.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Mark", len)?;
        if let Some(v) = self.object.as_ref() {
            struct_ser.serialize_field("object", v)?;
        }
        if let Some(v) = self.via.as_ref() {
            struct_ser.serialize_field("via", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Mark {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "object",
            "via",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Object,
            Via,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "object" => Ok(GeneratedField::Object),
                            "via" => Ok(GeneratedField::Via),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Mark;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Mark")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Mark, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut object__ = None;
                let mut via__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Object => {
                            if object__.is_some() {
                                return Err(serde::de::Error::duplicate_field("object"));
                            }
                            object__ = map_.next_value()?;
                        }
                        GeneratedField::Via => {
                            if via__.is_some() {
                                return Err(serde::de::Error::duplicate_field("via"));
                            }
                            via__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Mark {
                    object: object__,
                    via: via__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Mark", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Marks {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.marks.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Marks", len)?;
        if !self.marks.is_empty() {
            struct_ser.serialize_field("marks", &self.marks)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Marks {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "marks",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Marks,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "marks" => Ok(GeneratedField::Marks),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Marks;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Marks")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Marks, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut marks__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Marks => {
                            if marks__.is_some() {
                                return Err(serde::de::Error::duplicate_field("marks"));
                            }
                            marks__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Marks {
                    marks: marks__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Marks", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Member {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if self.state.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Member", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if let Some(v) = self.state.as_ref() {
            match v {
                member::State::Present(v) => {
                    struct_ser.serialize_field("present", v)?;
                }
                member::State::Left(v) => {
                    struct_ser.serialize_field("left", v)?;
                }
                member::State::Lost(v) => {
                    struct_ser.serialize_field("lost", v)?;
                }
                member::State::Absent(v) => {
                    struct_ser.serialize_field("absent", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Member {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "name",
            "present",
            "left",
            "lost",
            "absent",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Name,
            Present,
            Left,
            Lost,
            Absent,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "name" => Ok(GeneratedField::Name),
                            "present" => Ok(GeneratedField::Present),
                            "left" => Ok(GeneratedField::Left),
                            "lost" => Ok(GeneratedField::Lost),
                            "absent" => Ok(GeneratedField::Absent),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Member;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Member")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Member, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut name__ = None;
                let mut state__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Present => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("present"));
                            }
                            state__ = map_.next_value::<::std::option::Option<_>>()?.map(member::State::Present)
;
                        }
                        GeneratedField::Left => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("left"));
                            }
                            state__ = map_.next_value::<::std::option::Option<_>>()?.map(member::State::Left)
;
                        }
                        GeneratedField::Lost => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            state__ = map_.next_value::<::std::option::Option<_>>()?.map(member::State::Lost)
;
                        }
                        GeneratedField::Absent => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("absent"));
                            }
                            state__ = map_.next_value::<::std::option::Option<_>>()?.map(member::State::Absent)
;
                        }
                    }
                }
                Ok(Member {
                    process: process__,
                    name: name__.unwrap_or_default(),
                    state: state__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Member", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MessageRef {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.lane.is_some() {
            len += 1;
        }
        if self.seq.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.MessageRef", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.seq.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("seq", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MessageRef {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "lane",
            "seq",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Lane,
            Seq,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "lane" => Ok(GeneratedField::Lane),
                            "seq" => Ok(GeneratedField::Seq),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MessageRef;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.MessageRef")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MessageRef, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut lane__ = None;
                let mut seq__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Seq => {
                            if seq__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seq"));
                            }
                            seq__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(MessageRef {
                    process: process__,
                    lane: lane__,
                    seq: seq__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.MessageRef", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MissingContent {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.MissingContent", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MissingContent {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MissingContent;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.MissingContent")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MissingContent, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(MissingContent {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.MissingContent", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MissingPart {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.MissingPart", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if let Some(v) = self.reason.as_ref() {
            match v {
                missing_part::Reason::Cut(v) => {
                    struct_ser.serialize_field("cut", v)?;
                }
                missing_part::Reason::PresumedDead(v) => {
                    struct_ser.serialize_field("presumedDead", v)?;
                }
                missing_part::Reason::Content(v) => {
                    struct_ser.serialize_field("content", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MissingPart {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "name",
            "cut",
            "presumed_dead",
            "presumedDead",
            "content",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Name,
            Cut,
            PresumedDead,
            Content,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "name" => Ok(GeneratedField::Name),
                            "cut" => Ok(GeneratedField::Cut),
                            "presumedDead" | "presumed_dead" => Ok(GeneratedField::PresumedDead),
                            "content" => Ok(GeneratedField::Content),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MissingPart;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.MissingPart")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MissingPart, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut name__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cut => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cut"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(missing_part::Reason::Cut)
;
                        }
                        GeneratedField::PresumedDead => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("presumedDead"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(missing_part::Reason::PresumedDead)
;
                        }
                        GeneratedField::Content => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("content"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(missing_part::Reason::Content)
;
                        }
                    }
                }
                Ok(MissingPart {
                    process: process__,
                    name: name__.unwrap_or_default(),
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.MissingPart", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for NameTaken {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.holder.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.NameTaken", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if let Some(v) = self.holder.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("holder", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for NameTaken {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "holder",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Holder,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "holder" => Ok(GeneratedField::Holder),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = NameTaken;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.NameTaken")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<NameTaken, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut holder__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Holder => {
                            if holder__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holder"));
                            }
                            holder__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(NameTaken {
                    name: name__.unwrap_or_default(),
                    holder: holder__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.NameTaken", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Notice {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.notice.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Notice", len)?;
        if let Some(v) = self.notice.as_ref() {
            match v {
                notice::Notice::Refused(v) => {
                    struct_ser.serialize_field("refused", v)?;
                }
                notice::Notice::Late(v) => {
                    struct_ser.serialize_field("late", v)?;
                }
                notice::Notice::Redelivered(v) => {
                    struct_ser.serialize_field("redelivered", v)?;
                }
                notice::Notice::Dropped(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("dropped", ToString::to_string(&v).as_str())?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Notice {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "refused",
            "late",
            "redelivered",
            "dropped",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Refused,
            Late,
            Redelivered,
            Dropped,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "refused" => Ok(GeneratedField::Refused),
                            "late" => Ok(GeneratedField::Late),
                            "redelivered" => Ok(GeneratedField::Redelivered),
                            "dropped" => Ok(GeneratedField::Dropped),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Notice;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Notice")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Notice, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut notice__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Refused => {
                            if notice__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refused"));
                            }
                            notice__ = map_.next_value::<::std::option::Option<_>>()?.map(notice::Notice::Refused)
;
                        }
                        GeneratedField::Late => {
                            if notice__.is_some() {
                                return Err(serde::de::Error::duplicate_field("late"));
                            }
                            notice__ = map_.next_value::<::std::option::Option<_>>()?.map(notice::Notice::Late)
;
                        }
                        GeneratedField::Redelivered => {
                            if notice__.is_some() {
                                return Err(serde::de::Error::duplicate_field("redelivered"));
                            }
                            notice__ = map_.next_value::<::std::option::Option<_>>()?.map(notice::Notice::Redelivered)
;
                        }
                        GeneratedField::Dropped => {
                            if notice__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dropped"));
                            }
                            notice__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| notice::Notice::Dropped(x.0));
                        }
                    }
                }
                Ok(Notice {
                    notice: notice__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Notice", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Object {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.label.is_empty() {
            len += 1;
        }
        if self.size != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Object", len)?;
        if !self.label.is_empty() {
            struct_ser.serialize_field("label", &self.label)?;
        }
        if self.size != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("size", ToString::to_string(&self.size).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Object {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "label",
            "size",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Label,
            Size,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "label" => Ok(GeneratedField::Label),
                            "size" => Ok(GeneratedField::Size),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Object;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Object")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Object, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut label__ = None;
                let mut size__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Label => {
                            if label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Size => {
                            if size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("size"));
                            }
                            size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Object {
                    label: label__.unwrap_or_default(),
                    size: size__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Object", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for OtherDeployment {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.here.is_some() {
            len += 1;
        }
        if self.there.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.OtherDeployment", len)?;
        if let Some(v) = self.here.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("here", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.there.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("there", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for OtherDeployment {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "here",
            "there",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Here,
            There,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "here" => Ok(GeneratedField::Here),
                            "there" => Ok(GeneratedField::There),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = OtherDeployment;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.OtherDeployment")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<OtherDeployment, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut here__ = None;
                let mut there__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Here => {
                            if here__.is_some() {
                                return Err(serde::de::Error::duplicate_field("here"));
                            }
                            here__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::There => {
                            if there__.is_some() {
                                return Err(serde::de::Error::duplicate_field("there"));
                            }
                            there__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(OtherDeployment {
                    here: here__,
                    there: there__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.OtherDeployment", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for OutOfOrder {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.OutOfOrder", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for OutOfOrder {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = OutOfOrder;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.OutOfOrder")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<OutOfOrder, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(OutOfOrder {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.OutOfOrder", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for OutcomeKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "OUTCOME_KIND_UNSPECIFIED",
            Self::Holds => "OUTCOME_KIND_HOLDS",
            Self::DoesNotHold => "OUTCOME_KIND_DOES_NOT_HOLD",
            Self::Unknown => "OUTCOME_KIND_UNKNOWN",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for OutcomeKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "OUTCOME_KIND_UNSPECIFIED",
            "OUTCOME_KIND_HOLDS",
            "OUTCOME_KIND_DOES_NOT_HOLD",
            "OUTCOME_KIND_UNKNOWN",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = OutcomeKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "OUTCOME_KIND_UNSPECIFIED" => Ok(OutcomeKind::Unspecified),
                    "OUTCOME_KIND_HOLDS" => Ok(OutcomeKind::Holds),
                    "OUTCOME_KIND_DOES_NOT_HOLD" => Ok(OutcomeKind::DoesNotHold),
                    "OUTCOME_KIND_UNKNOWN" => Ok(OutcomeKind::Unknown),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Outstanding {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.seq.is_some() {
            len += 1;
        }
        if !self.annotations.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Outstanding", len)?;
        if let Some(v) = self.seq.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("seq", ToString::to_string(&v).as_str())?;
        }
        if !self.annotations.is_empty() {
            struct_ser.serialize_field("annotations", &self.annotations)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Outstanding {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "seq",
            "annotations",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Seq,
            Annotations,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "seq" => Ok(GeneratedField::Seq),
                            "annotations" => Ok(GeneratedField::Annotations),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Outstanding;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Outstanding")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Outstanding, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut seq__ = None;
                let mut annotations__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Seq => {
                            if seq__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seq"));
                            }
                            seq__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Annotations => {
                            if annotations__.is_some() {
                                return Err(serde::de::Error::duplicate_field("annotations"));
                            }
                            annotations__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Outstanding {
                    seq: seq__,
                    annotations: annotations__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Outstanding", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Permits {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.resource.is_some() {
            len += 1;
        }
        if self.units != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Permits", len)?;
        if let Some(v) = self.resource.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("resource", ToString::to_string(&v).as_str())?;
        }
        if self.units != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("units", ToString::to_string(&self.units).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Permits {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "resource",
            "units",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Resource,
            Units,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "resource" => Ok(GeneratedField::Resource),
                            "units" => Ok(GeneratedField::Units),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Permits;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Permits")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Permits, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut resource__ = None;
                let mut units__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Resource => {
                            if resource__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            resource__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Units => {
                            if units__.is_some() {
                                return Err(serde::de::Error::duplicate_field("units"));
                            }
                            units__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Permits {
                    resource: resource__,
                    units: units__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Permits", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Pin {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.object.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Pin", len)?;
        if let Some(v) = self.object.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("object", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Pin {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "object",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Object,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "object" => Ok(GeneratedField::Object),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Pin;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Pin")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Pin, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut object__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Object => {
                            if object__.is_some() {
                                return Err(serde::de::Error::duplicate_field("object"));
                            }
                            object__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Pin {
                    object: object__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Pin", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PresumedDead {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.PresumedDead", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PresumedDead {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PresumedDead;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.PresumedDead")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PresumedDead, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(PresumedDead {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.PresumedDead", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Process {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.incarnation.is_some() {
            len += 1;
        }
        if self.state != 0 {
            len += 1;
        }
        if self.session_since_ms.is_some() {
            len += 1;
        }
        if self.epoch != 0 {
            len += 1;
        }
        if self.counts.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Process", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if let Some(v) = self.incarnation.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("incarnation", ToString::to_string(&v).as_str())?;
        }
        if self.state != 0 {
            let v = ProcessState::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if let Some(v) = self.session_since_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sessionSinceMs", ToString::to_string(&v).as_str())?;
        }
        if self.epoch != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&self.epoch).as_str())?;
        }
        if let Some(v) = self.counts.as_ref() {
            struct_ser.serialize_field("counts", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Process {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "incarnation",
            "state",
            "session_since_ms",
            "sessionSinceMs",
            "epoch",
            "counts",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Incarnation,
            State,
            SessionSinceMs,
            Epoch,
            Counts,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "incarnation" => Ok(GeneratedField::Incarnation),
                            "state" => Ok(GeneratedField::State),
                            "sessionSinceMs" | "session_since_ms" => Ok(GeneratedField::SessionSinceMs),
                            "epoch" => Ok(GeneratedField::Epoch),
                            "counts" => Ok(GeneratedField::Counts),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Process;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Process")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Process, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut incarnation__ = None;
                let mut state__ = None;
                let mut session_since_ms__ = None;
                let mut epoch__ = None;
                let mut counts__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Incarnation => {
                            if incarnation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("incarnation"));
                            }
                            incarnation__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<ProcessState>()? as i32);
                        }
                        GeneratedField::SessionSinceMs => {
                            if session_since_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sessionSinceMs"));
                            }
                            session_since_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Counts => {
                            if counts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("counts"));
                            }
                            counts__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Process {
                    name: name__.unwrap_or_default(),
                    incarnation: incarnation__,
                    state: state__.unwrap_or_default(),
                    session_since_ms: session_since_ms__,
                    epoch: epoch__.unwrap_or_default(),
                    counts: counts__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Process", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ProcessCounts {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.tasks != 0 {
            len += 1;
        }
        if self.waits != 0 {
            len += 1;
        }
        if self.objects != 0 {
            len += 1;
        }
        if self.tokens != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ProcessCounts", len)?;
        if self.tasks != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("tasks", ToString::to_string(&self.tasks).as_str())?;
        }
        if self.waits != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("waits", ToString::to_string(&self.waits).as_str())?;
        }
        if self.objects != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("objects", ToString::to_string(&self.objects).as_str())?;
        }
        if self.tokens != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("tokens", ToString::to_string(&self.tokens).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ProcessCounts {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "tasks",
            "waits",
            "objects",
            "tokens",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Tasks,
            Waits,
            Objects,
            Tokens,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "tasks" => Ok(GeneratedField::Tasks),
                            "waits" => Ok(GeneratedField::Waits),
                            "objects" => Ok(GeneratedField::Objects),
                            "tokens" => Ok(GeneratedField::Tokens),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ProcessCounts;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ProcessCounts")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ProcessCounts, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut tasks__ = None;
                let mut waits__ = None;
                let mut objects__ = None;
                let mut tokens__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Tasks => {
                            if tasks__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tasks"));
                            }
                            tasks__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Waits => {
                            if waits__.is_some() {
                                return Err(serde::de::Error::duplicate_field("waits"));
                            }
                            waits__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Objects => {
                            if objects__.is_some() {
                                return Err(serde::de::Error::duplicate_field("objects"));
                            }
                            objects__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Tokens => {
                            if tokens__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tokens"));
                            }
                            tokens__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(ProcessCounts {
                    tasks: tasks__.unwrap_or_default(),
                    waits: waits__.unwrap_or_default(),
                    objects: objects__.unwrap_or_default(),
                    tokens: tokens__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ProcessCounts", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ProcessCut {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.facts.is_empty() {
            len += 1;
        }
        if !self.gauges.is_empty() {
            len += 1;
        }
        if !self.sending.is_empty() {
            len += 1;
        }
        if !self.receiving.is_empty() {
            len += 1;
        }
        if !self.ended_peers.is_empty() {
            len += 1;
        }
        if self.unstamped != 0 {
            len += 1;
        }
        if self.clock.is_some() {
            len += 1;
        }
        if self.at_ms != 0 {
            len += 1;
        }
        if self.application_state.is_some() {
            len += 1;
        }
        if !self.retired.is_empty() {
            len += 1;
        }
        if !self.met.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ProcessCut", len)?;
        if !self.facts.is_empty() {
            struct_ser.serialize_field("facts", &self.facts)?;
        }
        if !self.gauges.is_empty() {
            struct_ser.serialize_field("gauges", &self.gauges)?;
        }
        if !self.sending.is_empty() {
            struct_ser.serialize_field("sending", &self.sending)?;
        }
        if !self.receiving.is_empty() {
            struct_ser.serialize_field("receiving", &self.receiving)?;
        }
        if !self.ended_peers.is_empty() {
            struct_ser.serialize_field("endedPeers", &self.ended_peers)?;
        }
        if self.unstamped != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("unstamped", ToString::to_string(&self.unstamped).as_str())?;
        }
        if let Some(v) = self.clock.as_ref() {
            struct_ser.serialize_field("clock", v)?;
        }
        if self.at_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("atMs", ToString::to_string(&self.at_ms).as_str())?;
        }
        if let Some(v) = self.application_state.as_ref() {
            struct_ser.serialize_field("applicationState", v)?;
        }
        if !self.retired.is_empty() {
            struct_ser.serialize_field("retired", &self.retired)?;
        }
        if !self.met.is_empty() {
            struct_ser.serialize_field("met", &self.met.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ProcessCut {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "facts",
            "gauges",
            "sending",
            "receiving",
            "ended_peers",
            "endedPeers",
            "unstamped",
            "clock",
            "at_ms",
            "atMs",
            "application_state",
            "applicationState",
            "retired",
            "met",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Facts,
            Gauges,
            Sending,
            Receiving,
            EndedPeers,
            Unstamped,
            Clock,
            AtMs,
            ApplicationState,
            Retired,
            Met,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "facts" => Ok(GeneratedField::Facts),
                            "gauges" => Ok(GeneratedField::Gauges),
                            "sending" => Ok(GeneratedField::Sending),
                            "receiving" => Ok(GeneratedField::Receiving),
                            "endedPeers" | "ended_peers" => Ok(GeneratedField::EndedPeers),
                            "unstamped" => Ok(GeneratedField::Unstamped),
                            "clock" => Ok(GeneratedField::Clock),
                            "atMs" | "at_ms" => Ok(GeneratedField::AtMs),
                            "applicationState" | "application_state" => Ok(GeneratedField::ApplicationState),
                            "retired" => Ok(GeneratedField::Retired),
                            "met" => Ok(GeneratedField::Met),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ProcessCut;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ProcessCut")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ProcessCut, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut facts__ = None;
                let mut gauges__ = None;
                let mut sending__ = None;
                let mut receiving__ = None;
                let mut ended_peers__ = None;
                let mut unstamped__ = None;
                let mut clock__ = None;
                let mut at_ms__ = None;
                let mut application_state__ = None;
                let mut retired__ = None;
                let mut met__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Facts => {
                            if facts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("facts"));
                            }
                            facts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Gauges => {
                            if gauges__.is_some() {
                                return Err(serde::de::Error::duplicate_field("gauges"));
                            }
                            gauges__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sending => {
                            if sending__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sending"));
                            }
                            sending__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Receiving => {
                            if receiving__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receiving"));
                            }
                            receiving__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EndedPeers => {
                            if ended_peers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endedPeers"));
                            }
                            ended_peers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unstamped => {
                            if unstamped__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unstamped"));
                            }
                            unstamped__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Clock => {
                            if clock__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clock"));
                            }
                            clock__ = map_.next_value()?;
                        }
                        GeneratedField::AtMs => {
                            if at_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("atMs"));
                            }
                            at_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::ApplicationState => {
                            if application_state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("applicationState"));
                            }
                            application_state__ = map_.next_value()?;
                        }
                        GeneratedField::Retired => {
                            if retired__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retired"));
                            }
                            retired__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Met => {
                            if met__.is_some() {
                                return Err(serde::de::Error::duplicate_field("met"));
                            }
                            met__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                    }
                }
                Ok(ProcessCut {
                    facts: facts__.unwrap_or_default(),
                    gauges: gauges__.unwrap_or_default(),
                    sending: sending__.unwrap_or_default(),
                    receiving: receiving__.unwrap_or_default(),
                    ended_peers: ended_peers__.unwrap_or_default(),
                    unstamped: unstamped__.unwrap_or_default(),
                    clock: clock__,
                    at_ms: at_ms__.unwrap_or_default(),
                    application_state: application_state__,
                    retired: retired__.unwrap_or_default(),
                    met: met__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ProcessCut", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ProcessState {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PROCESS_STATE_UNSPECIFIED",
            Self::Alive => "PROCESS_STATE_ALIVE",
            Self::Disconnected => "PROCESS_STATE_DISCONNECTED",
            Self::Left => "PROCESS_STATE_LEFT",
            Self::Dead => "PROCESS_STATE_DEAD",
            Self::PresumedDead => "PROCESS_STATE_PRESUMED_DEAD",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for ProcessState {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PROCESS_STATE_UNSPECIFIED",
            "PROCESS_STATE_ALIVE",
            "PROCESS_STATE_DISCONNECTED",
            "PROCESS_STATE_LEFT",
            "PROCESS_STATE_DEAD",
            "PROCESS_STATE_PRESUMED_DEAD",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = ProcessState;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PROCESS_STATE_UNSPECIFIED" => Ok(ProcessState::Unspecified),
                    "PROCESS_STATE_ALIVE" => Ok(ProcessState::Alive),
                    "PROCESS_STATE_DISCONNECTED" => Ok(ProcessState::Disconnected),
                    "PROCESS_STATE_LEFT" => Ok(ProcessState::Left),
                    "PROCESS_STATE_DEAD" => Ok(ProcessState::Dead),
                    "PROCESS_STATE_PRESUMED_DEAD" => Ok(ProcessState::PresumedDead),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Property {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.property.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Property", len)?;
        if let Some(v) = self.property.as_ref() {
            match v {
                property::Property::Deadlock(v) => {
                    struct_ser.serialize_field("deadlock", v)?;
                }
                property::Property::Termination(v) => {
                    struct_ser.serialize_field("termination", v)?;
                }
                property::Property::Quiescence(v) => {
                    struct_ser.serialize_field("quiescence", v)?;
                }
                property::Property::Garbage(v) => {
                    struct_ser.serialize_field("garbage", v)?;
                }
                property::Property::Conservation(v) => {
                    struct_ser.serialize_field("conservation", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Property {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "deadlock",
            "termination",
            "quiescence",
            "garbage",
            "conservation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Deadlock,
            Termination,
            Quiescence,
            Garbage,
            Conservation,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "deadlock" => Ok(GeneratedField::Deadlock),
                            "termination" => Ok(GeneratedField::Termination),
                            "quiescence" => Ok(GeneratedField::Quiescence),
                            "garbage" => Ok(GeneratedField::Garbage),
                            "conservation" => Ok(GeneratedField::Conservation),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Property;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Property")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Property, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut property__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Deadlock => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlock"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property::Property::Deadlock)
;
                        }
                        GeneratedField::Termination => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("termination"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property::Property::Termination)
;
                        }
                        GeneratedField::Quiescence => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("quiescence"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property::Property::Quiescence)
;
                        }
                        GeneratedField::Garbage => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("garbage"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property::Property::Garbage)
;
                        }
                        GeneratedField::Conservation => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("conservation"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property::Property::Conservation)
;
                        }
                    }
                }
                Ok(Property {
                    property: property__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Property", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PropertyKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PROPERTY_KIND_UNSPECIFIED",
            Self::Deadlock => "PROPERTY_KIND_DEADLOCK",
            Self::Termination => "PROPERTY_KIND_TERMINATION",
            Self::Quiescence => "PROPERTY_KIND_QUIESCENCE",
            Self::Garbage => "PROPERTY_KIND_GARBAGE",
            Self::Conservation => "PROPERTY_KIND_CONSERVATION",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for PropertyKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PROPERTY_KIND_UNSPECIFIED",
            "PROPERTY_KIND_DEADLOCK",
            "PROPERTY_KIND_TERMINATION",
            "PROPERTY_KIND_QUIESCENCE",
            "PROPERTY_KIND_GARBAGE",
            "PROPERTY_KIND_CONSERVATION",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = PropertyKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PROPERTY_KIND_UNSPECIFIED" => Ok(PropertyKind::Unspecified),
                    "PROPERTY_KIND_DEADLOCK" => Ok(PropertyKind::Deadlock),
                    "PROPERTY_KIND_TERMINATION" => Ok(PropertyKind::Termination),
                    "PROPERTY_KIND_QUIESCENCE" => Ok(PropertyKind::Quiescence),
                    "PROPERTY_KIND_GARBAGE" => Ok(PropertyKind::Garbage),
                    "PROPERTY_KIND_CONSERVATION" => Ok(PropertyKind::Conservation),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for PropertySelector {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.property.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.PropertySelector", len)?;
        if let Some(v) = self.property.as_ref() {
            match v {
                property_selector::Property::Deadlock(v) => {
                    struct_ser.serialize_field("deadlock", v)?;
                }
                property_selector::Property::Termination(v) => {
                    struct_ser.serialize_field("termination", v)?;
                }
                property_selector::Property::Quiescence(v) => {
                    struct_ser.serialize_field("quiescence", v)?;
                }
                property_selector::Property::Garbage(v) => {
                    struct_ser.serialize_field("garbage", v)?;
                }
                property_selector::Property::Conservation(v) => {
                    struct_ser.serialize_field("conservation", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PropertySelector {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "deadlock",
            "termination",
            "quiescence",
            "garbage",
            "conservation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Deadlock,
            Termination,
            Quiescence,
            Garbage,
            Conservation,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "deadlock" => Ok(GeneratedField::Deadlock),
                            "termination" => Ok(GeneratedField::Termination),
                            "quiescence" => Ok(GeneratedField::Quiescence),
                            "garbage" => Ok(GeneratedField::Garbage),
                            "conservation" => Ok(GeneratedField::Conservation),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PropertySelector;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.PropertySelector")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PropertySelector, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut property__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Deadlock => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlock"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property_selector::Property::Deadlock)
;
                        }
                        GeneratedField::Termination => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("termination"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property_selector::Property::Termination)
;
                        }
                        GeneratedField::Quiescence => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("quiescence"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property_selector::Property::Quiescence)
;
                        }
                        GeneratedField::Garbage => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("garbage"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property_selector::Property::Garbage)
;
                        }
                        GeneratedField::Conservation => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("conservation"));
                            }
                            property__ = map_.next_value::<::std::option::Option<_>>()?.map(property_selector::Property::Conservation)
;
                        }
                    }
                }
                Ok(PropertySelector {
                    property: property__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.PropertySelector", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Queued {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.resource.is_some() {
            len += 1;
        }
        if self.ticket != 0 {
            len += 1;
        }
        if self.waiter.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Queued", len)?;
        if let Some(v) = self.resource.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("resource", ToString::to_string(&v).as_str())?;
        }
        if self.ticket != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("ticket", ToString::to_string(&self.ticket).as_str())?;
        }
        if let Some(v) = self.waiter.as_ref() {
            struct_ser.serialize_field("waiter", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Queued {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "resource",
            "ticket",
            "waiter",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Resource,
            Ticket,
            Waiter,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "resource" => Ok(GeneratedField::Resource),
                            "ticket" => Ok(GeneratedField::Ticket),
                            "waiter" => Ok(GeneratedField::Waiter),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Queued;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Queued")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Queued, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut resource__ = None;
                let mut ticket__ = None;
                let mut waiter__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Resource => {
                            if resource__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            resource__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Ticket => {
                            if ticket__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ticket"));
                            }
                            ticket__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Waiter => {
                            if waiter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("waiter"));
                            }
                            waiter__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Queued {
                    resource: resource__,
                    ticket: ticket__.unwrap_or_default(),
                    waiter: waiter__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Queued", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for QuiescenceProperty {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.QuiescenceProperty", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for QuiescenceProperty {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = QuiescenceProperty;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.QuiescenceProperty")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<QuiescenceProperty, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(QuiescenceProperty {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.QuiescenceProperty", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Reads {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.task.is_some() {
            len += 1;
        }
        if self.lane.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Reads", len)?;
        if let Some(v) = self.task.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("task", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Reads {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "lane",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Lane,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "lane" => Ok(GeneratedField::Lane),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Reads;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Reads")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Reads, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut lane__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Reads {
                    task: task__,
                    lane: lane__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Reads", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Receive {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.wakers.is_empty() {
            len += 1;
        }
        if self.closed {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Receive", len)?;
        if !self.wakers.is_empty() {
            struct_ser.serialize_field("wakers", &self.wakers)?;
        }
        if self.closed {
            struct_ser.serialize_field("closed", &self.closed)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Receive {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "wakers",
            "closed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Wakers,
            Closed,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "wakers" => Ok(GeneratedField::Wakers),
                            "closed" => Ok(GeneratedField::Closed),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Receive;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Receive")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Receive, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut wakers__ = None;
                let mut closed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Wakers => {
                            if wakers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wakers"));
                            }
                            wakers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Closed => {
                            if closed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("closed"));
                            }
                            closed__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Receive {
                    wakers: wakers__.unwrap_or_default(),
                    closed: closed__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Receive", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReceivedNumbers {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if self.receiver.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ReceivedNumbers", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.receiver.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("receiver", ToString::to_string(&v).as_str())?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReceivedNumbers {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "receiver",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Receiver,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "receiver" => Ok(GeneratedField::Receiver),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReceivedNumbers;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ReceivedNumbers")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReceivedNumbers, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut receiver__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Receiver => {
                            if receiver__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receiver"));
                            }
                            receiver__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ReceivedNumbers {
                    lane: lane__,
                    receiver: receiver__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ReceivedNumbers", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Receiving {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if !self.received.is_empty() {
            len += 1;
        }
        if self.floor != 0 {
            len += 1;
        }
        if self.latest != 0 {
            len += 1;
        }
        if self.ended {
            len += 1;
        }
        if !self.tombstones.is_empty() {
            len += 1;
        }
        if self.disordered.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Receiving", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if !self.received.is_empty() {
            struct_ser.serialize_field("received", &self.received)?;
        }
        if self.floor != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("floor", ToString::to_string(&self.floor).as_str())?;
        }
        if self.latest != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("latest", ToString::to_string(&self.latest).as_str())?;
        }
        if self.ended {
            struct_ser.serialize_field("ended", &self.ended)?;
        }
        if !self.tombstones.is_empty() {
            struct_ser.serialize_field("tombstones", &self.tombstones)?;
        }
        if let Some(v) = self.disordered.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("disordered", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Receiving {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "received",
            "floor",
            "latest",
            "ended",
            "tombstones",
            "disordered",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Received,
            Floor,
            Latest,
            Ended,
            Tombstones,
            Disordered,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "received" => Ok(GeneratedField::Received),
                            "floor" => Ok(GeneratedField::Floor),
                            "latest" => Ok(GeneratedField::Latest),
                            "ended" => Ok(GeneratedField::Ended),
                            "tombstones" => Ok(GeneratedField::Tombstones),
                            "disordered" => Ok(GeneratedField::Disordered),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Receiving;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Receiving")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Receiving, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut received__ = None;
                let mut floor__ = None;
                let mut latest__ = None;
                let mut ended__ = None;
                let mut tombstones__ = None;
                let mut disordered__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::Received => {
                            if received__.is_some() {
                                return Err(serde::de::Error::duplicate_field("received"));
                            }
                            received__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Floor => {
                            if floor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("floor"));
                            }
                            floor__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Latest => {
                            if latest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("latest"));
                            }
                            latest__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Ended => {
                            if ended__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ended"));
                            }
                            ended__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Tombstones => {
                            if tombstones__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tombstones"));
                            }
                            tombstones__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Disordered => {
                            if disordered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("disordered"));
                            }
                            disordered__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Receiving {
                    lane: lane__,
                    received: received__.unwrap_or_default(),
                    floor: floor__.unwrap_or_default(),
                    latest: latest__.unwrap_or_default(),
                    ended: ended__.unwrap_or_default(),
                    tombstones: tombstones__.unwrap_or_default(),
                    disordered: disordered__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Receiving", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RecordedFact {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.handle.is_some() {
            len += 1;
        }
        if self.born != 0 {
            len += 1;
        }
        if self.fact.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.RecordedFact", len)?;
        if let Some(v) = self.handle.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("handle", ToString::to_string(&v).as_str())?;
        }
        if self.born != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("born", ToString::to_string(&self.born).as_str())?;
        }
        if let Some(v) = self.fact.as_ref() {
            match v {
                recorded_fact::Fact::Task(v) => {
                    struct_ser.serialize_field("task", v)?;
                }
                recorded_fact::Fact::Serving(v) => {
                    struct_ser.serialize_field("serving", v)?;
                }
                recorded_fact::Fact::Wait(v) => {
                    struct_ser.serialize_field("wait", v)?;
                }
                recorded_fact::Fact::Target(v) => {
                    struct_ser.serialize_field("target", v)?;
                }
                recorded_fact::Fact::Reads(v) => {
                    struct_ser.serialize_field("reads", v)?;
                }
                recorded_fact::Fact::Resource(v) => {
                    struct_ser.serialize_field("resource", v)?;
                }
                recorded_fact::Fact::Permits(v) => {
                    struct_ser.serialize_field("permits", v)?;
                }
                recorded_fact::Fact::Queued(v) => {
                    struct_ser.serialize_field("queued", v)?;
                }
                recorded_fact::Fact::Hold(v) => {
                    struct_ser.serialize_field("hold", v)?;
                }
                recorded_fact::Fact::Creation(v) => {
                    struct_ser.serialize_field("creation", v)?;
                }
                recorded_fact::Fact::Token(v) => {
                    struct_ser.serialize_field("token", v)?;
                }
                recorded_fact::Fact::Object(v) => {
                    struct_ser.serialize_field("object", v)?;
                }
                recorded_fact::Fact::Pin(v) => {
                    struct_ser.serialize_field("pin", v)?;
                }
                recorded_fact::Fact::Reference(v) => {
                    struct_ser.serialize_field("reference", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RecordedFact {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "handle",
            "born",
            "task",
            "serving",
            "wait",
            "target",
            "reads",
            "resource",
            "permits",
            "queued",
            "hold",
            "creation",
            "token",
            "object",
            "pin",
            "reference",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Handle,
            Born,
            Task,
            Serving,
            Wait,
            Target,
            Reads,
            Resource,
            Permits,
            Queued,
            Hold,
            Creation,
            Token,
            Object,
            Pin,
            Reference,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "handle" => Ok(GeneratedField::Handle),
                            "born" => Ok(GeneratedField::Born),
                            "task" => Ok(GeneratedField::Task),
                            "serving" => Ok(GeneratedField::Serving),
                            "wait" => Ok(GeneratedField::Wait),
                            "target" => Ok(GeneratedField::Target),
                            "reads" => Ok(GeneratedField::Reads),
                            "resource" => Ok(GeneratedField::Resource),
                            "permits" => Ok(GeneratedField::Permits),
                            "queued" => Ok(GeneratedField::Queued),
                            "hold" => Ok(GeneratedField::Hold),
                            "creation" => Ok(GeneratedField::Creation),
                            "token" => Ok(GeneratedField::Token),
                            "object" => Ok(GeneratedField::Object),
                            "pin" => Ok(GeneratedField::Pin),
                            "reference" => Ok(GeneratedField::Reference),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RecordedFact;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.RecordedFact")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RecordedFact, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut handle__ = None;
                let mut born__ = None;
                let mut fact__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Handle => {
                            if handle__.is_some() {
                                return Err(serde::de::Error::duplicate_field("handle"));
                            }
                            handle__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Born => {
                            if born__.is_some() {
                                return Err(serde::de::Error::duplicate_field("born"));
                            }
                            born__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Task => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Task)
;
                        }
                        GeneratedField::Serving => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("serving"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Serving)
;
                        }
                        GeneratedField::Wait => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wait"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Wait)
;
                        }
                        GeneratedField::Target => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Target)
;
                        }
                        GeneratedField::Reads => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reads"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Reads)
;
                        }
                        GeneratedField::Resource => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Resource)
;
                        }
                        GeneratedField::Permits => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("permits"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Permits)
;
                        }
                        GeneratedField::Queued => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("queued"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Queued)
;
                        }
                        GeneratedField::Hold => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hold"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Hold)
;
                        }
                        GeneratedField::Creation => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("creation"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Creation)
;
                        }
                        GeneratedField::Token => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("token"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Token)
;
                        }
                        GeneratedField::Object => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("object"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Object)
;
                        }
                        GeneratedField::Pin => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pin"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Pin)
;
                        }
                        GeneratedField::Reference => {
                            if fact__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reference"));
                            }
                            fact__ = map_.next_value::<::std::option::Option<_>>()?.map(recorded_fact::Fact::Reference)
;
                        }
                    }
                }
                Ok(RecordedFact {
                    handle: handle__,
                    born: born__.unwrap_or_default(),
                    fact: fact__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.RecordedFact", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RecordedLane {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if self.from.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.RecordedLane", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.from.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.to.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("to", ToString::to_string(&v).as_str())?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RecordedLane {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "from",
            "to",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            From,
            To,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RecordedLane;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.RecordedLane")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RecordedLane, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut from__ = None;
                let mut to__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RecordedLane {
                    lane: lane__,
                    from: from__,
                    to: to__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.RecordedLane", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RecordedNumbers {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.epoch.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.RecordedNumbers", len)?;
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RecordedNumbers {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RecordedNumbers;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.RecordedNumbers")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RecordedNumbers, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RecordedNumbers {
                    epoch: epoch__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.RecordedNumbers", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReductionOrder {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.tasks.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ReductionOrder", len)?;
        if !self.tasks.is_empty() {
            struct_ser.serialize_field("tasks", &self.tasks)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReductionOrder {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "tasks",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Tasks,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "tasks" => Ok(GeneratedField::Tasks),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReductionOrder;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ReductionOrder")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReductionOrder, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut tasks__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Tasks => {
                            if tasks__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tasks"));
                            }
                            tasks__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ReductionOrder {
                    tasks: tasks__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ReductionOrder", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Ref {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.id.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Ref", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.id.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("id", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Ref {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "id",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Id,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "id" => Ok(GeneratedField::Id),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Ref;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Ref")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Ref, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Ref {
                    process: process__,
                    id: id__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Ref", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Reference {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.from.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Reference", len)?;
        if let Some(v) = self.from.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Reference {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "from",
            "to",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            From,
            To,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Reference;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Reference")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Reference, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut from__ = None;
                let mut to__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Reference {
                    from: from__,
                    to: to__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Reference", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RefusedStamp {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.from.is_some() {
            len += 1;
        }
        if self.epoch.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.RefusedStamp", len)?;
        if let Some(v) = self.from.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RefusedStamp {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "from",
            "epoch",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            From,
            Epoch,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "from" => Ok(GeneratedField::From),
                            "epoch" => Ok(GeneratedField::Epoch),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RefusedStamp;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.RefusedStamp")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RefusedStamp, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut from__ = None;
                let mut epoch__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(RefusedStamp {
                    from: from__,
                    epoch: epoch__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.RefusedStamp", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Refutation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.evidence.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Refutation", len)?;
        if let Some(v) = self.evidence.as_ref() {
            match v {
                refutation::Evidence::ReductionOrder(v) => {
                    struct_ser.serialize_field("reductionOrder", v)?;
                }
                refutation::Evidence::Token(v) => {
                    struct_ser.serialize_field("token", v)?;
                }
                refutation::Evidence::Message(v) => {
                    struct_ser.serialize_field("message", v)?;
                }
                refutation::Evidence::Marked(v) => {
                    struct_ser.serialize_field("marked", v)?;
                }
                refutation::Evidence::Sum(v) => {
                    struct_ser.serialize_field("sum", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Refutation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reduction_order",
            "reductionOrder",
            "token",
            "message",
            "marked",
            "sum",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ReductionOrder,
            Token,
            Message,
            Marked,
            Sum,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reductionOrder" | "reduction_order" => Ok(GeneratedField::ReductionOrder),
                            "token" => Ok(GeneratedField::Token),
                            "message" => Ok(GeneratedField::Message),
                            "marked" => Ok(GeneratedField::Marked),
                            "sum" => Ok(GeneratedField::Sum),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Refutation;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Refutation")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Refutation, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut evidence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ReductionOrder => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reductionOrder"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(refutation::Evidence::ReductionOrder)
;
                        }
                        GeneratedField::Token => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("token"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(refutation::Evidence::Token)
;
                        }
                        GeneratedField::Message => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("message"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(refutation::Evidence::Message)
;
                        }
                        GeneratedField::Marked => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("marked"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(refutation::Evidence::Marked)
;
                        }
                        GeneratedField::Sum => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sum"));
                            }
                            evidence__ = map_.next_value::<::std::option::Option<_>>()?.map(refutation::Evidence::Sum);
                        }
                    }
                }
                Ok(Refutation {
                    evidence: evidence__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Refutation", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Rejected {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.text.is_empty() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Rejected", len)?;
        if !self.text.is_empty() {
            struct_ser.serialize_field("text", &self.text)?;
        }
        if let Some(v) = self.reason.as_ref() {
            match v {
                rejected::Reason::Deployment(v) => {
                    struct_ser.serialize_field("deployment", v)?;
                }
                rejected::Reason::Version(v) => {
                    struct_ser.serialize_field("version", v)?;
                }
                rejected::Reason::NameTaken(v) => {
                    struct_ser.serialize_field("nameTaken", v)?;
                }
                rejected::Reason::IncarnationUsed(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("incarnationUsed", ToString::to_string(&v).as_str())?;
                }
                rejected::Reason::EpochOutOfRange(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("epochOutOfRange", ToString::to_string(&v).as_str())?;
                }
                rejected::Reason::OutOfOrder(v) => {
                    struct_ser.serialize_field("outOfOrder", v)?;
                }
                rejected::Reason::ImpossibleReport(v) => {
                    struct_ser.serialize_field("impossibleReport", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Rejected {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "text",
            "deployment",
            "version",
            "name_taken",
            "nameTaken",
            "incarnation_used",
            "incarnationUsed",
            "epoch_out_of_range",
            "epochOutOfRange",
            "out_of_order",
            "outOfOrder",
            "impossible_report",
            "impossibleReport",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Text,
            Deployment,
            Version,
            NameTaken,
            IncarnationUsed,
            EpochOutOfRange,
            OutOfOrder,
            ImpossibleReport,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "text" => Ok(GeneratedField::Text),
                            "deployment" => Ok(GeneratedField::Deployment),
                            "version" => Ok(GeneratedField::Version),
                            "nameTaken" | "name_taken" => Ok(GeneratedField::NameTaken),
                            "incarnationUsed" | "incarnation_used" => Ok(GeneratedField::IncarnationUsed),
                            "epochOutOfRange" | "epoch_out_of_range" => Ok(GeneratedField::EpochOutOfRange),
                            "outOfOrder" | "out_of_order" => Ok(GeneratedField::OutOfOrder),
                            "impossibleReport" | "impossible_report" => Ok(GeneratedField::ImpossibleReport),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Rejected;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Rejected")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Rejected, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut text__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Text => {
                            if text__.is_some() {
                                return Err(serde::de::Error::duplicate_field("text"));
                            }
                            text__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Deployment => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deployment"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(rejected::Reason::Deployment)
;
                        }
                        GeneratedField::Version => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(rejected::Reason::Version)
;
                        }
                        GeneratedField::NameTaken => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nameTaken"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(rejected::Reason::NameTaken)
;
                        }
                        GeneratedField::IncarnationUsed => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("incarnationUsed"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| rejected::Reason::IncarnationUsed(x.0));
                        }
                        GeneratedField::EpochOutOfRange => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epochOutOfRange"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| rejected::Reason::EpochOutOfRange(x.0));
                        }
                        GeneratedField::OutOfOrder => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outOfOrder"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(rejected::Reason::OutOfOrder)
;
                        }
                        GeneratedField::ImpossibleReport => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("impossibleReport"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<_>>()?.map(rejected::Reason::ImpossibleReport)
;
                        }
                    }
                }
                Ok(Rejected {
                    text: text__.unwrap_or_default(),
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Rejected", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Release {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.resource.is_some() {
            len += 1;
        }
        if self.grip.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Release", len)?;
        if let Some(v) = self.resource.as_ref() {
            struct_ser.serialize_field("resource", v)?;
        }
        if let Some(v) = self.grip.as_ref() {
            struct_ser.serialize_field("grip", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Release {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "resource",
            "grip",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Resource,
            Grip,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "resource" => Ok(GeneratedField::Resource),
                            "grip" => Ok(GeneratedField::Grip),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Release;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Release")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Release, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut resource__ = None;
                let mut grip__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Resource => {
                            if resource__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            resource__ = map_.next_value()?;
                        }
                        GeneratedField::Grip => {
                            if grip__.is_some() {
                                return Err(serde::de::Error::duplicate_field("grip"));
                            }
                            grip__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Release {
                    resource: resource__,
                    grip: grip__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Release", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReportChunk {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.header.is_some() {
            len += 1;
        }
        if self.delta.is_some() {
            len += 1;
        }
        if self.last {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ReportChunk", len)?;
        if let Some(v) = self.header.as_ref() {
            struct_ser.serialize_field("header", v)?;
        }
        if let Some(v) = self.delta.as_ref() {
            struct_ser.serialize_field("delta", v)?;
        }
        if self.last {
            struct_ser.serialize_field("last", &self.last)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReportChunk {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "header",
            "delta",
            "last",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Header,
            Delta,
            Last,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "header" => Ok(GeneratedField::Header),
                            "delta" => Ok(GeneratedField::Delta),
                            "last" => Ok(GeneratedField::Last),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReportChunk;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ReportChunk")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReportChunk, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut header__ = None;
                let mut delta__ = None;
                let mut last__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Header => {
                            if header__.is_some() {
                                return Err(serde::de::Error::duplicate_field("header"));
                            }
                            header__ = map_.next_value()?;
                        }
                        GeneratedField::Delta => {
                            if delta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("delta"));
                            }
                            delta__ = map_.next_value()?;
                        }
                        GeneratedField::Last => {
                            if last__.is_some() {
                                return Err(serde::de::Error::duplicate_field("last"));
                            }
                            last__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ReportChunk {
                    header: header__,
                    delta: delta__,
                    last: last__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ReportChunk", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReportDeathRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ReportDeathRequest", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReportDeathRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReportDeathRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ReportDeathRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReportDeathRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(ReportDeathRequest {
                    process: process__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ReportDeathRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReportDeathResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ReportDeathResponse", len)?;
        if let Some(v) = self.process.as_ref() {
            struct_ser.serialize_field("process", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReportDeathResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReportDeathResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ReportDeathResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReportDeathResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = map_.next_value()?;
                        }
                    }
                }
                Ok(ReportDeathResponse {
                    process: process__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ReportDeathResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReportHeader {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.base.is_some() {
            len += 1;
        }
        if self.from.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if self.at_ms != 0 {
            len += 1;
        }
        if self.checksum.is_some() {
            len += 1;
        }
        if !self.heard.is_empty() {
            len += 1;
        }
        if self.goodbye {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ReportHeader", len)?;
        if let Some(v) = self.base.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("base", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.from.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.to.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("to", ToString::to_string(&v).as_str())?;
        }
        if self.at_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("atMs", ToString::to_string(&self.at_ms).as_str())?;
        }
        if let Some(v) = self.checksum.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("checksum", ToString::to_string(&v).as_str())?;
        }
        if !self.heard.is_empty() {
            struct_ser.serialize_field("heard", &self.heard)?;
        }
        if self.goodbye {
            struct_ser.serialize_field("goodbye", &self.goodbye)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReportHeader {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "base",
            "from",
            "to",
            "at_ms",
            "atMs",
            "checksum",
            "heard",
            "goodbye",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Base,
            From,
            To,
            AtMs,
            Checksum,
            Heard,
            Goodbye,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "base" => Ok(GeneratedField::Base),
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            "atMs" | "at_ms" => Ok(GeneratedField::AtMs),
                            "checksum" => Ok(GeneratedField::Checksum),
                            "heard" => Ok(GeneratedField::Heard),
                            "goodbye" => Ok(GeneratedField::Goodbye),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReportHeader;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ReportHeader")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReportHeader, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut base__ = None;
                let mut from__ = None;
                let mut to__ = None;
                let mut at_ms__ = None;
                let mut checksum__ = None;
                let mut heard__ = None;
                let mut goodbye__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Base => {
                            if base__.is_some() {
                                return Err(serde::de::Error::duplicate_field("base"));
                            }
                            base__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::AtMs => {
                            if at_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("atMs"));
                            }
                            at_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Checksum => {
                            if checksum__.is_some() {
                                return Err(serde::de::Error::duplicate_field("checksum"));
                            }
                            checksum__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Heard => {
                            if heard__.is_some() {
                                return Err(serde::de::Error::duplicate_field("heard"));
                            }
                            heard__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Goodbye => {
                            if goodbye__.is_some() {
                                return Err(serde::de::Error::duplicate_field("goodbye"));
                            }
                            goodbye__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ReportHeader {
                    base: base__,
                    from: from__,
                    to: to__,
                    at_ms: at_ms__.unwrap_or_default(),
                    checksum: checksum__,
                    heard: heard__.unwrap_or_default(),
                    goodbye: goodbye__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ReportHeader", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Reported {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.epoch.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Reported", len)?;
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Reported {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Reported;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Reported")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Reported, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Reported {
                    epoch: epoch__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Reported", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Resolution {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.target.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Resolution", len)?;
        if let Some(v) = self.target.as_ref() {
            match v {
                resolution::Target::WaitTarget(v) => {
                    struct_ser.serialize_field("waitTarget", v)?;
                }
                resolution::Target::Request(v) => {
                    struct_ser.serialize_field("request", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Resolution {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "wait_target",
            "waitTarget",
            "request",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            WaitTarget,
            Request,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "waitTarget" | "wait_target" => Ok(GeneratedField::WaitTarget),
                            "request" => Ok(GeneratedField::Request),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Resolution;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Resolution")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Resolution, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut target__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::WaitTarget => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("waitTarget"));
                            }
                            target__ = map_.next_value::<::std::option::Option<_>>()?.map(resolution::Target::WaitTarget)
;
                        }
                        GeneratedField::Request => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            target__ = map_.next_value::<::std::option::Option<_>>()?.map(resolution::Target::Request)
;
                        }
                    }
                }
                Ok(Resolution {
                    target: target__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Resolution", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Resource {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.key.is_some() {
            len += 1;
        }
        if !self.label.is_empty() {
            len += 1;
        }
        if self.capacity.is_some() {
            len += 1;
        }
        if self.closed {
            len += 1;
        }
        if self.fair {
            len += 1;
        }
        if self.local {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Resource", len)?;
        if let Some(v) = self.key.as_ref() {
            struct_ser.serialize_field("key", v)?;
        }
        if !self.label.is_empty() {
            struct_ser.serialize_field("label", &self.label)?;
        }
        if let Some(v) = self.capacity.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("capacity", ToString::to_string(&v).as_str())?;
        }
        if self.closed {
            struct_ser.serialize_field("closed", &self.closed)?;
        }
        if self.fair {
            struct_ser.serialize_field("fair", &self.fair)?;
        }
        if self.local {
            struct_ser.serialize_field("local", &self.local)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Resource {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "label",
            "capacity",
            "closed",
            "fair",
            "local",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Label,
            Capacity,
            Closed,
            Fair,
            Local,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "key" => Ok(GeneratedField::Key),
                            "label" => Ok(GeneratedField::Label),
                            "capacity" => Ok(GeneratedField::Capacity),
                            "closed" => Ok(GeneratedField::Closed),
                            "fair" => Ok(GeneratedField::Fair),
                            "local" => Ok(GeneratedField::Local),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Resource;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Resource")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Resource, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut label__ = None;
                let mut capacity__ = None;
                let mut closed__ = None;
                let mut fair__ = None;
                let mut local__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = map_.next_value()?;
                        }
                        GeneratedField::Label => {
                            if label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Capacity => {
                            if capacity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("capacity"));
                            }
                            capacity__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Closed => {
                            if closed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("closed"));
                            }
                            closed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Fair => {
                            if fair__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fair"));
                            }
                            fair__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Local => {
                            if local__.is_some() {
                                return Err(serde::de::Error::duplicate_field("local"));
                            }
                            local__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Resource {
                    key: key__,
                    label: label__.unwrap_or_default(),
                    capacity: capacity__,
                    closed: closed__.unwrap_or_default(),
                    fair: fair__.unwrap_or_default(),
                    local: local__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Resource", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ResourceDemand {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.resource.is_some() {
            len += 1;
        }
        if self.grip.is_some() {
            len += 1;
        }
        if self.request.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ResourceDemand", len)?;
        if let Some(v) = self.resource.as_ref() {
            struct_ser.serialize_field("resource", v)?;
        }
        if let Some(v) = self.grip.as_ref() {
            struct_ser.serialize_field("grip", v)?;
        }
        if let Some(v) = self.request.as_ref() {
            struct_ser.serialize_field("request", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ResourceDemand {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "resource",
            "grip",
            "request",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Resource,
            Grip,
            Request,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "resource" => Ok(GeneratedField::Resource),
                            "grip" => Ok(GeneratedField::Grip),
                            "request" => Ok(GeneratedField::Request),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ResourceDemand;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ResourceDemand")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ResourceDemand, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut resource__ = None;
                let mut grip__ = None;
                let mut request__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Resource => {
                            if resource__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            resource__ = map_.next_value()?;
                        }
                        GeneratedField::Grip => {
                            if grip__.is_some() {
                                return Err(serde::de::Error::duplicate_field("grip"));
                            }
                            grip__ = map_.next_value()?;
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = map_.next_value()?;
                        }
                    }
                }
                Ok(ResourceDemand {
                    resource: resource__,
                    grip: grip__,
                    request: request__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ResourceDemand", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ResourceName {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.name.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.ResourceName", len)?;
        if let Some(v) = self.name.as_ref() {
            match v {
                resource_name::Name::Owned(v) => {
                    struct_ser.serialize_field("owned", v)?;
                }
                resource_name::Name::Key(v) => {
                    struct_ser.serialize_field("key", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ResourceName {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "owned",
            "key",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Owned,
            Key,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "owned" => Ok(GeneratedField::Owned),
                            "key" => Ok(GeneratedField::Key),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ResourceName;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.ResourceName")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ResourceName, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Owned => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("owned"));
                            }
                            name__ = map_.next_value::<::std::option::Option<_>>()?.map(resource_name::Name::Owned)
;
                        }
                        GeneratedField::Key => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            name__ = map_.next_value::<::std::option::Option<_>>()?.map(resource_name::Name::Key);
                        }
                    }
                }
                Ok(ResourceName {
                    name: name__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.ResourceName", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Resync {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.Resync", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Resync {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Resync;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Resync")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Resync, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Resync {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Resync", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RoundEnded {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.epoch.is_some() {
            len += 1;
        }
        if !self.received.is_empty() {
            len += 1;
        }
        if !self.lost.is_empty() {
            len += 1;
        }
        if !self.tombstones.is_empty() {
            len += 1;
        }
        if !self.dead.is_empty() {
            len += 1;
        }
        if !self.expired.is_empty() {
            len += 1;
        }
        if !self.retired.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.RoundEnded", len)?;
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        if !self.received.is_empty() {
            struct_ser.serialize_field("received", &self.received)?;
        }
        if !self.lost.is_empty() {
            struct_ser.serialize_field("lost", &self.lost)?;
        }
        if !self.tombstones.is_empty() {
            struct_ser.serialize_field("tombstones", &self.tombstones)?;
        }
        if !self.dead.is_empty() {
            struct_ser.serialize_field("dead", &self.dead)?;
        }
        if !self.expired.is_empty() {
            struct_ser.serialize_field("expired", &self.expired)?;
        }
        if !self.retired.is_empty() {
            struct_ser.serialize_field("retired", &self.retired)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RoundEnded {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
            "received",
            "lost",
            "tombstones",
            "dead",
            "expired",
            "retired",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
            Received,
            Lost,
            Tombstones,
            Dead,
            Expired,
            Retired,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            "received" => Ok(GeneratedField::Received),
                            "lost" => Ok(GeneratedField::Lost),
                            "tombstones" => Ok(GeneratedField::Tombstones),
                            "dead" => Ok(GeneratedField::Dead),
                            "expired" => Ok(GeneratedField::Expired),
                            "retired" => Ok(GeneratedField::Retired),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RoundEnded;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.RoundEnded")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RoundEnded, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                let mut received__ = None;
                let mut lost__ = None;
                let mut tombstones__ = None;
                let mut dead__ = None;
                let mut expired__ = None;
                let mut retired__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Received => {
                            if received__.is_some() {
                                return Err(serde::de::Error::duplicate_field("received"));
                            }
                            received__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Lost => {
                            if lost__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lost"));
                            }
                            lost__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Tombstones => {
                            if tombstones__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tombstones"));
                            }
                            tombstones__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Dead => {
                            if dead__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dead"));
                            }
                            dead__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Expired => {
                            if expired__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expired"));
                            }
                            expired__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Retired => {
                            if retired__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retired"));
                            }
                            retired__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RoundEnded {
                    epoch: epoch__,
                    received: received__.unwrap_or_default(),
                    lost: lost__.unwrap_or_default(),
                    tombstones: tombstones__.unwrap_or_default(),
                    dead: dead__.unwrap_or_default(),
                    expired: expired__.unwrap_or_default(),
                    retired: retired__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.RoundEnded", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Sending {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if self.order != 0 {
            len += 1;
        }
        if self.sent != 0 {
            len += 1;
        }
        if !self.log.is_empty() {
            len += 1;
        }
        if !self.plain.is_empty() {
            len += 1;
        }
        if !self.doubtful.is_empty() {
            len += 1;
        }
        if !self.collapsed.is_empty() {
            len += 1;
        }
        if !self.unreceived.is_empty() {
            len += 1;
        }
        if !self.expired.is_empty() {
            len += 1;
        }
        if !self.settled_by.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Sending", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if self.order != 0 {
            let v = LaneOrder::try_from(self.order)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.order)))?;
            struct_ser.serialize_field("order", &v)?;
        }
        if self.sent != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sent", ToString::to_string(&self.sent).as_str())?;
        }
        if !self.log.is_empty() {
            struct_ser.serialize_field("log", &self.log)?;
        }
        if !self.plain.is_empty() {
            struct_ser.serialize_field("plain", &self.plain)?;
        }
        if !self.doubtful.is_empty() {
            struct_ser.serialize_field("doubtful", &self.doubtful)?;
        }
        if !self.collapsed.is_empty() {
            struct_ser.serialize_field("collapsed", &self.collapsed)?;
        }
        if !self.unreceived.is_empty() {
            struct_ser.serialize_field("unreceived", &self.unreceived)?;
        }
        if !self.expired.is_empty() {
            struct_ser.serialize_field("expired", &self.expired)?;
        }
        if !self.settled_by.is_empty() {
            struct_ser.serialize_field("settledBy", &self.settled_by.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Sending {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "to",
            "order",
            "sent",
            "log",
            "plain",
            "doubtful",
            "collapsed",
            "unreceived",
            "expired",
            "settled_by",
            "settledBy",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            To,
            Order,
            Sent,
            Log,
            Plain,
            Doubtful,
            Collapsed,
            Unreceived,
            Expired,
            SettledBy,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "to" => Ok(GeneratedField::To),
                            "order" => Ok(GeneratedField::Order),
                            "sent" => Ok(GeneratedField::Sent),
                            "log" => Ok(GeneratedField::Log),
                            "plain" => Ok(GeneratedField::Plain),
                            "doubtful" => Ok(GeneratedField::Doubtful),
                            "collapsed" => Ok(GeneratedField::Collapsed),
                            "unreceived" => Ok(GeneratedField::Unreceived),
                            "expired" => Ok(GeneratedField::Expired),
                            "settledBy" | "settled_by" => Ok(GeneratedField::SettledBy),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Sending;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Sending")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Sending, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut to__ = None;
                let mut order__ = None;
                let mut sent__ = None;
                let mut log__ = None;
                let mut plain__ = None;
                let mut doubtful__ = None;
                let mut collapsed__ = None;
                let mut unreceived__ = None;
                let mut expired__ = None;
                let mut settled_by__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::Order => {
                            if order__.is_some() {
                                return Err(serde::de::Error::duplicate_field("order"));
                            }
                            order__ = Some(map_.next_value::<LaneOrder>()? as i32);
                        }
                        GeneratedField::Sent => {
                            if sent__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sent"));
                            }
                            sent__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Log => {
                            if log__.is_some() {
                                return Err(serde::de::Error::duplicate_field("log"));
                            }
                            log__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Plain => {
                            if plain__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plain"));
                            }
                            plain__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Doubtful => {
                            if doubtful__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doubtful"));
                            }
                            doubtful__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Collapsed => {
                            if collapsed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("collapsed"));
                            }
                            collapsed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unreceived => {
                            if unreceived__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unreceived"));
                            }
                            unreceived__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Expired => {
                            if expired__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expired"));
                            }
                            expired__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SettledBy => {
                            if settled_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("settledBy"));
                            }
                            settled_by__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                    }
                }
                Ok(Sending {
                    lane: lane__,
                    to: to__,
                    order: order__.unwrap_or_default(),
                    sent: sent__.unwrap_or_default(),
                    log: log__.unwrap_or_default(),
                    plain: plain__.unwrap_or_default(),
                    doubtful: doubtful__.unwrap_or_default(),
                    collapsed: collapsed__.unwrap_or_default(),
                    unreceived: unreceived__.unwrap_or_default(),
                    expired: expired__.unwrap_or_default(),
                    settled_by: settled_by__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Sending", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SendingDelta {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if self.opened.is_some() {
            len += 1;
        }
        if self.sent != 0 {
            len += 1;
        }
        if !self.added.is_empty() {
            len += 1;
        }
        if !self.plain.is_empty() {
            len += 1;
        }
        if !self.settled.is_empty() {
            len += 1;
        }
        if !self.doubted.is_empty() {
            len += 1;
        }
        if !self.collapsed.is_empty() {
            len += 1;
        }
        if !self.unreceived.is_empty() {
            len += 1;
        }
        if !self.expired.is_empty() {
            len += 1;
        }
        if !self.settled_by.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.SendingDelta", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.opened.as_ref() {
            struct_ser.serialize_field("opened", v)?;
        }
        if self.sent != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sent", ToString::to_string(&self.sent).as_str())?;
        }
        if !self.added.is_empty() {
            struct_ser.serialize_field("added", &self.added)?;
        }
        if !self.plain.is_empty() {
            struct_ser.serialize_field("plain", &self.plain)?;
        }
        if !self.settled.is_empty() {
            struct_ser.serialize_field("settled", &self.settled)?;
        }
        if !self.doubted.is_empty() {
            struct_ser.serialize_field("doubted", &self.doubted)?;
        }
        if !self.collapsed.is_empty() {
            struct_ser.serialize_field("collapsed", &self.collapsed)?;
        }
        if !self.unreceived.is_empty() {
            struct_ser.serialize_field("unreceived", &self.unreceived)?;
        }
        if !self.expired.is_empty() {
            struct_ser.serialize_field("expired", &self.expired)?;
        }
        if !self.settled_by.is_empty() {
            struct_ser.serialize_field("settledBy", &self.settled_by.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SendingDelta {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "opened",
            "sent",
            "added",
            "plain",
            "settled",
            "doubted",
            "collapsed",
            "unreceived",
            "expired",
            "settled_by",
            "settledBy",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Opened,
            Sent,
            Added,
            Plain,
            Settled,
            Doubted,
            Collapsed,
            Unreceived,
            Expired,
            SettledBy,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "opened" => Ok(GeneratedField::Opened),
                            "sent" => Ok(GeneratedField::Sent),
                            "added" => Ok(GeneratedField::Added),
                            "plain" => Ok(GeneratedField::Plain),
                            "settled" => Ok(GeneratedField::Settled),
                            "doubted" => Ok(GeneratedField::Doubted),
                            "collapsed" => Ok(GeneratedField::Collapsed),
                            "unreceived" => Ok(GeneratedField::Unreceived),
                            "expired" => Ok(GeneratedField::Expired),
                            "settledBy" | "settled_by" => Ok(GeneratedField::SettledBy),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SendingDelta;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SendingDelta")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SendingDelta, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut opened__ = None;
                let mut sent__ = None;
                let mut added__ = None;
                let mut plain__ = None;
                let mut settled__ = None;
                let mut doubted__ = None;
                let mut collapsed__ = None;
                let mut unreceived__ = None;
                let mut expired__ = None;
                let mut settled_by__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Opened => {
                            if opened__.is_some() {
                                return Err(serde::de::Error::duplicate_field("opened"));
                            }
                            opened__ = map_.next_value()?;
                        }
                        GeneratedField::Sent => {
                            if sent__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sent"));
                            }
                            sent__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Added => {
                            if added__.is_some() {
                                return Err(serde::de::Error::duplicate_field("added"));
                            }
                            added__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Plain => {
                            if plain__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plain"));
                            }
                            plain__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Settled => {
                            if settled__.is_some() {
                                return Err(serde::de::Error::duplicate_field("settled"));
                            }
                            settled__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Doubted => {
                            if doubted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doubted"));
                            }
                            doubted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Collapsed => {
                            if collapsed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("collapsed"));
                            }
                            collapsed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unreceived => {
                            if unreceived__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unreceived"));
                            }
                            unreceived__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Expired => {
                            if expired__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expired"));
                            }
                            expired__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SettledBy => {
                            if settled_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("settledBy"));
                            }
                            settled_by__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                    }
                }
                Ok(SendingDelta {
                    lane: lane__,
                    opened: opened__,
                    sent: sent__.unwrap_or_default(),
                    added: added__.unwrap_or_default(),
                    plain: plain__.unwrap_or_default(),
                    settled: settled__.unwrap_or_default(),
                    doubted: doubted__.unwrap_or_default(),
                    collapsed: collapsed__.unwrap_or_default(),
                    unreceived: unreceived__.unwrap_or_default(),
                    expired: expired__.unwrap_or_default(),
                    settled_by: settled_by__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SendingDelta", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SequenceRange {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.first.is_some() {
            len += 1;
        }
        if self.last.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.SequenceRange", len)?;
        if let Some(v) = self.first.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("first", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.last.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("last", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SequenceRange {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "first",
            "last",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            First,
            Last,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "first" => Ok(GeneratedField::First),
                            "last" => Ok(GeneratedField::Last),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SequenceRange;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SequenceRange")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SequenceRange, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut first__ = None;
                let mut last__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::First => {
                            if first__.is_some() {
                                return Err(serde::de::Error::duplicate_field("first"));
                            }
                            first__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Last => {
                            if last__.is_some() {
                                return Err(serde::de::Error::duplicate_field("last"));
                            }
                            last__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(SequenceRange {
                    first: first__,
                    last: last__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SequenceRange", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Serving {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.task.is_some() {
            len += 1;
        }
        if self.request.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Serving", len)?;
        if let Some(v) = self.task.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("task", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.request.as_ref() {
            struct_ser.serialize_field("request", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Serving {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "request",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Request,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "request" => Ok(GeneratedField::Request),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Serving;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Serving")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Serving, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut request__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Serving {
                    task: task__,
                    request: request__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Serving", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SessionRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.message.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.SessionRequest", len)?;
        if let Some(v) = self.message.as_ref() {
            match v {
                session_request::Message::Hello(v) => {
                    struct_ser.serialize_field("hello", v)?;
                }
                session_request::Message::Report(v) => {
                    struct_ser.serialize_field("report", v)?;
                }
                session_request::Message::Recorded(v) => {
                    struct_ser.serialize_field("recorded", v)?;
                }
                session_request::Message::Wish(v) => {
                    struct_ser.serialize_field("wish", v)?;
                }
                session_request::Message::Notice(v) => {
                    struct_ser.serialize_field("notice", v)?;
                }
                session_request::Message::Faulty(v) => {
                    struct_ser.serialize_field("faulty", v)?;
                }
                session_request::Message::Heartbeat(v) => {
                    struct_ser.serialize_field("heartbeat", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SessionRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "hello",
            "report",
            "recorded",
            "wish",
            "notice",
            "faulty",
            "heartbeat",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Hello,
            Report,
            Recorded,
            Wish,
            Notice,
            Faulty,
            Heartbeat,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "hello" => Ok(GeneratedField::Hello),
                            "report" => Ok(GeneratedField::Report),
                            "recorded" => Ok(GeneratedField::Recorded),
                            "wish" => Ok(GeneratedField::Wish),
                            "notice" => Ok(GeneratedField::Notice),
                            "faulty" => Ok(GeneratedField::Faulty),
                            "heartbeat" => Ok(GeneratedField::Heartbeat),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SessionRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SessionRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SessionRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut message__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Hello => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hello"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Hello)
;
                        }
                        GeneratedField::Report => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("report"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Report)
;
                        }
                        GeneratedField::Recorded => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recorded"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Recorded)
;
                        }
                        GeneratedField::Wish => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wish"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Wish)
;
                        }
                        GeneratedField::Notice => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("notice"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Notice)
;
                        }
                        GeneratedField::Faulty => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("faulty"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Faulty)
;
                        }
                        GeneratedField::Heartbeat => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("heartbeat"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_request::Message::Heartbeat)
;
                        }
                    }
                }
                Ok(SessionRequest {
                    message: message__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SessionRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SessionResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.message.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.SessionResponse", len)?;
        if let Some(v) = self.message.as_ref() {
            match v {
                session_response::Message::Welcome(v) => {
                    struct_ser.serialize_field("welcome", v)?;
                }
                session_response::Message::Rejected(v) => {
                    struct_ser.serialize_field("rejected", v)?;
                }
                session_response::Message::Cut(v) => {
                    struct_ser.serialize_field("cut", v)?;
                }
                session_response::Message::Reported(v) => {
                    struct_ser.serialize_field("reported", v)?;
                }
                session_response::Message::Resync(v) => {
                    struct_ser.serialize_field("resync", v)?;
                }
                session_response::Message::Ended(v) => {
                    struct_ser.serialize_field("ended", v)?;
                }
                session_response::Message::Verdict(v) => {
                    struct_ser.serialize_field("verdict", v)?;
                }
                session_response::Message::Heartbeat(v) => {
                    struct_ser.serialize_field("heartbeat", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SessionResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "welcome",
            "rejected",
            "cut",
            "reported",
            "resync",
            "ended",
            "verdict",
            "heartbeat",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Welcome,
            Rejected,
            Cut,
            Reported,
            Resync,
            Ended,
            Verdict,
            Heartbeat,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "welcome" => Ok(GeneratedField::Welcome),
                            "rejected" => Ok(GeneratedField::Rejected),
                            "cut" => Ok(GeneratedField::Cut),
                            "reported" => Ok(GeneratedField::Reported),
                            "resync" => Ok(GeneratedField::Resync),
                            "ended" => Ok(GeneratedField::Ended),
                            "verdict" => Ok(GeneratedField::Verdict),
                            "heartbeat" => Ok(GeneratedField::Heartbeat),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SessionResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SessionResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SessionResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut message__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Welcome => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("welcome"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Welcome)
;
                        }
                        GeneratedField::Rejected => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rejected"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Rejected)
;
                        }
                        GeneratedField::Cut => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cut"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Cut)
;
                        }
                        GeneratedField::Reported => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reported"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Reported)
;
                        }
                        GeneratedField::Resync => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resync"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Resync)
;
                        }
                        GeneratedField::Ended => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ended"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Ended)
;
                        }
                        GeneratedField::Verdict => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Verdict)
;
                        }
                        GeneratedField::Heartbeat => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("heartbeat"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(session_response::Message::Heartbeat)
;
                        }
                    }
                }
                Ok(SessionResponse {
                    message: message__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SessionResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SettledMessages {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lane.is_some() {
            len += 1;
        }
        if self.receiver.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.SettledMessages", len)?;
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if let Some(v) = self.receiver.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("receiver", ToString::to_string(&v).as_str())?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SettledMessages {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lane",
            "receiver",
            "numbers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lane,
            Receiver,
            Numbers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lane" => Ok(GeneratedField::Lane),
                            "receiver" => Ok(GeneratedField::Receiver),
                            "numbers" => Ok(GeneratedField::Numbers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SettledMessages;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SettledMessages")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SettledMessages, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lane__ = None;
                let mut receiver__ = None;
                let mut numbers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = map_.next_value()?;
                        }
                        GeneratedField::Receiver => {
                            if receiver__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receiver"));
                            }
                            receiver__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SettledMessages {
                    lane: lane__,
                    receiver: receiver__,
                    numbers: numbers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SettledMessages", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Shape {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.shape.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Shape", len)?;
        if let Some(v) = self.shape.as_ref() {
            match v {
                shape::Shape::Cycle(v) => {
                    struct_ser.serialize_field("cycle", v)?;
                }
                shape::Shape::Knot(v) => {
                    struct_ser.serialize_field("knot", v)?;
                }
                shape::Shape::Abandoned(v) => {
                    struct_ser.serialize_field("abandoned", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Shape {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cycle",
            "knot",
            "abandoned",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cycle,
            Knot,
            Abandoned,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cycle" => Ok(GeneratedField::Cycle),
                            "knot" => Ok(GeneratedField::Knot),
                            "abandoned" => Ok(GeneratedField::Abandoned),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Shape;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Shape")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Shape, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut shape__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cycle => {
                            if shape__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cycle"));
                            }
                            shape__ = map_.next_value::<::std::option::Option<_>>()?.map(shape::Shape::Cycle)
;
                        }
                        GeneratedField::Knot => {
                            if shape__.is_some() {
                                return Err(serde::de::Error::duplicate_field("knot"));
                            }
                            shape__ = map_.next_value::<::std::option::Option<_>>()?.map(shape::Shape::Knot)
;
                        }
                        GeneratedField::Abandoned => {
                            if shape__.is_some() {
                                return Err(serde::de::Error::duplicate_field("abandoned"));
                            }
                            shape__ = map_.next_value::<::std::option::Option<_>>()?.map(shape::Shape::Abandoned)
;
                        }
                    }
                }
                Ok(Shape {
                    shape: shape__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Shape", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Snapshot {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.deployment.is_some() {
            len += 1;
        }
        if self.epoch.is_some() {
            len += 1;
        }
        if self.confirmed != 0 {
            len += 1;
        }
        if !self.members.is_empty() {
            len += 1;
        }
        if self.channels.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Snapshot", len)?;
        if let Some(v) = self.deployment.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deployment", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        if self.confirmed != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("confirmed", ToString::to_string(&self.confirmed).as_str())?;
        }
        if !self.members.is_empty() {
            struct_ser.serialize_field("members", &self.members)?;
        }
        if let Some(v) = self.channels.as_ref() {
            struct_ser.serialize_field("channels", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Snapshot {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "deployment",
            "epoch",
            "confirmed",
            "members",
            "channels",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Deployment,
            Epoch,
            Confirmed,
            Members,
            Channels,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "deployment" => Ok(GeneratedField::Deployment),
                            "epoch" => Ok(GeneratedField::Epoch),
                            "confirmed" => Ok(GeneratedField::Confirmed),
                            "members" => Ok(GeneratedField::Members),
                            "channels" => Ok(GeneratedField::Channels),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Snapshot;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Snapshot")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Snapshot, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut deployment__ = None;
                let mut epoch__ = None;
                let mut confirmed__ = None;
                let mut members__ = None;
                let mut channels__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Deployment => {
                            if deployment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deployment"));
                            }
                            deployment__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Confirmed => {
                            if confirmed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confirmed"));
                            }
                            confirmed__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Members => {
                            if members__.is_some() {
                                return Err(serde::de::Error::duplicate_field("members"));
                            }
                            members__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Channels => {
                            if channels__.is_some() {
                                return Err(serde::de::Error::duplicate_field("channels"));
                            }
                            channels__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Snapshot {
                    deployment: deployment__,
                    epoch: epoch__,
                    confirmed: confirmed__.unwrap_or_default(),
                    members: members__.unwrap_or_default(),
                    channels: channels__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Snapshot", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SnapshotOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SNAPSHOT_OUTCOME_UNSPECIFIED",
            Self::Complete => "SNAPSHOT_OUTCOME_COMPLETE",
            Self::Incomplete => "SNAPSHOT_OUTCOME_INCOMPLETE",
            Self::Inconsistent => "SNAPSHOT_OUTCOME_INCONSISTENT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for SnapshotOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SNAPSHOT_OUTCOME_UNSPECIFIED",
            "SNAPSHOT_OUTCOME_COMPLETE",
            "SNAPSHOT_OUTCOME_INCOMPLETE",
            "SNAPSHOT_OUTCOME_INCONSISTENT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = SnapshotOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SNAPSHOT_OUTCOME_UNSPECIFIED" => Ok(SnapshotOutcome::Unspecified),
                    "SNAPSHOT_OUTCOME_COMPLETE" => Ok(SnapshotOutcome::Complete),
                    "SNAPSHOT_OUTCOME_INCOMPLETE" => Ok(SnapshotOutcome::Incomplete),
                    "SNAPSHOT_OUTCOME_INCONSISTENT" => Ok(SnapshotOutcome::Inconsistent),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for SnapshotSummary {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.epoch != 0 {
            len += 1;
        }
        if self.outcome != 0 {
            len += 1;
        }
        if !self.missing.is_empty() {
            len += 1;
        }
        if !self.inconsistencies.is_empty() {
            len += 1;
        }
        if self.members != 0 {
            len += 1;
        }
        if self.in_transit != 0 {
            len += 1;
        }
        if self.taken_at_ms.is_some() {
            len += 1;
        }
        if self.duration_ms.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.SnapshotSummary", len)?;
        if self.epoch != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&self.epoch).as_str())?;
        }
        if self.outcome != 0 {
            let v = SnapshotOutcome::try_from(self.outcome)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.outcome)))?;
            struct_ser.serialize_field("outcome", &v)?;
        }
        if !self.missing.is_empty() {
            struct_ser.serialize_field("missing", &self.missing)?;
        }
        if !self.inconsistencies.is_empty() {
            struct_ser.serialize_field("inconsistencies", &self.inconsistencies)?;
        }
        if self.members != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("members", ToString::to_string(&self.members).as_str())?;
        }
        if self.in_transit != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("inTransit", ToString::to_string(&self.in_transit).as_str())?;
        }
        if let Some(v) = self.taken_at_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("takenAtMs", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.duration_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("durationMs", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SnapshotSummary {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
            "outcome",
            "missing",
            "inconsistencies",
            "members",
            "in_transit",
            "inTransit",
            "taken_at_ms",
            "takenAtMs",
            "duration_ms",
            "durationMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
            Outcome,
            Missing,
            Inconsistencies,
            Members,
            InTransit,
            TakenAtMs,
            DurationMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            "outcome" => Ok(GeneratedField::Outcome),
                            "missing" => Ok(GeneratedField::Missing),
                            "inconsistencies" => Ok(GeneratedField::Inconsistencies),
                            "members" => Ok(GeneratedField::Members),
                            "inTransit" | "in_transit" => Ok(GeneratedField::InTransit),
                            "takenAtMs" | "taken_at_ms" => Ok(GeneratedField::TakenAtMs),
                            "durationMs" | "duration_ms" => Ok(GeneratedField::DurationMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SnapshotSummary;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SnapshotSummary")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SnapshotSummary, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                let mut outcome__ = None;
                let mut missing__ = None;
                let mut inconsistencies__ = None;
                let mut members__ = None;
                let mut in_transit__ = None;
                let mut taken_at_ms__ = None;
                let mut duration_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Outcome => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcome"));
                            }
                            outcome__ = Some(map_.next_value::<SnapshotOutcome>()? as i32);
                        }
                        GeneratedField::Missing => {
                            if missing__.is_some() {
                                return Err(serde::de::Error::duplicate_field("missing"));
                            }
                            missing__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Inconsistencies => {
                            if inconsistencies__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inconsistencies"));
                            }
                            inconsistencies__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Members => {
                            if members__.is_some() {
                                return Err(serde::de::Error::duplicate_field("members"));
                            }
                            members__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::InTransit => {
                            if in_transit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inTransit"));
                            }
                            in_transit__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::TakenAtMs => {
                            if taken_at_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("takenAtMs"));
                            }
                            taken_at_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::DurationMs => {
                            if duration_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("durationMs"));
                            }
                            duration_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(SnapshotSummary {
                    epoch: epoch__.unwrap_or_default(),
                    outcome: outcome__.unwrap_or_default(),
                    missing: missing__.unwrap_or_default(),
                    inconsistencies: inconsistencies__.unwrap_or_default(),
                    members: members__.unwrap_or_default(),
                    in_transit: in_transit__.unwrap_or_default(),
                    taken_at_ms: taken_at_ms__,
                    duration_ms: duration_ms__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SnapshotSummary", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SnapshotWish {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.SnapshotWish", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SnapshotWish {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SnapshotWish;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.SnapshotWish")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SnapshotWish, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(SnapshotWish {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.SnapshotWish", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Sole {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("stillpoint.v1.Sole", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Sole {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Sole;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Sole")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Sole, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Sole {
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Sole", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Stuck {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.task.is_some() {
            len += 1;
        }
        if !self.process_name.is_empty() {
            len += 1;
        }
        if !self.label.is_empty() {
            len += 1;
        }
        if self.location.is_some() {
            len += 1;
        }
        if !self.waits.is_empty() {
            len += 1;
        }
        if !self.holds.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Stuck", len)?;
        if let Some(v) = self.task.as_ref() {
            struct_ser.serialize_field("task", v)?;
        }
        if !self.process_name.is_empty() {
            struct_ser.serialize_field("processName", &self.process_name)?;
        }
        if !self.label.is_empty() {
            struct_ser.serialize_field("label", &self.label)?;
        }
        if let Some(v) = self.location.as_ref() {
            struct_ser.serialize_field("location", v)?;
        }
        if !self.waits.is_empty() {
            struct_ser.serialize_field("waits", &self.waits)?;
        }
        if !self.holds.is_empty() {
            struct_ser.serialize_field("holds", &self.holds)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Stuck {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "process_name",
            "processName",
            "label",
            "location",
            "waits",
            "holds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            ProcessName,
            Label,
            Location,
            Waits,
            Holds,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "processName" | "process_name" => Ok(GeneratedField::ProcessName),
                            "label" => Ok(GeneratedField::Label),
                            "location" => Ok(GeneratedField::Location),
                            "waits" => Ok(GeneratedField::Waits),
                            "holds" => Ok(GeneratedField::Holds),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Stuck;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Stuck")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Stuck, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut process_name__ = None;
                let mut label__ = None;
                let mut location__ = None;
                let mut waits__ = None;
                let mut holds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = map_.next_value()?;
                        }
                        GeneratedField::ProcessName => {
                            if process_name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("processName"));
                            }
                            process_name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Label => {
                            if label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Location => {
                            if location__.is_some() {
                                return Err(serde::de::Error::duplicate_field("location"));
                            }
                            location__ = map_.next_value()?;
                        }
                        GeneratedField::Waits => {
                            if waits__.is_some() {
                                return Err(serde::de::Error::duplicate_field("waits"));
                            }
                            waits__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Holds => {
                            if holds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holds"));
                            }
                            holds__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Stuck {
                    task: task__,
                    process_name: process_name__.unwrap_or_default(),
                    label: label__.unwrap_or_default(),
                    location: location__,
                    waits: waits__.unwrap_or_default(),
                    holds: holds__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Stuck", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StuckWait {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.wait.is_some() {
            len += 1;
        }
        if self.since_ms != 0 {
            len += 1;
        }
        if self.location.is_some() {
            len += 1;
        }
        if self.missing != 0 {
            len += 1;
        }
        if !self.on.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.StuckWait", len)?;
        if let Some(v) = self.wait.as_ref() {
            struct_ser.serialize_field("wait", v)?;
        }
        if self.since_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sinceMs", ToString::to_string(&self.since_ms).as_str())?;
        }
        if let Some(v) = self.location.as_ref() {
            struct_ser.serialize_field("location", v)?;
        }
        if self.missing != 0 {
            struct_ser.serialize_field("missing", &self.missing)?;
        }
        if !self.on.is_empty() {
            struct_ser.serialize_field("on", &self.on)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StuckWait {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "wait",
            "since_ms",
            "sinceMs",
            "location",
            "missing",
            "on",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Wait,
            SinceMs,
            Location,
            Missing,
            On,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "wait" => Ok(GeneratedField::Wait),
                            "sinceMs" | "since_ms" => Ok(GeneratedField::SinceMs),
                            "location" => Ok(GeneratedField::Location),
                            "missing" => Ok(GeneratedField::Missing),
                            "on" => Ok(GeneratedField::On),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StuckWait;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.StuckWait")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StuckWait, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut wait__ = None;
                let mut since_ms__ = None;
                let mut location__ = None;
                let mut missing__ = None;
                let mut on__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Wait => {
                            if wait__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wait"));
                            }
                            wait__ = map_.next_value()?;
                        }
                        GeneratedField::SinceMs => {
                            if since_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sinceMs"));
                            }
                            since_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Location => {
                            if location__.is_some() {
                                return Err(serde::de::Error::duplicate_field("location"));
                            }
                            location__ = map_.next_value()?;
                        }
                        GeneratedField::Missing => {
                            if missing__.is_some() {
                                return Err(serde::de::Error::duplicate_field("missing"));
                            }
                            missing__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::On => {
                            if on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("on"));
                            }
                            on__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(StuckWait {
                    wait: wait__,
                    since_ms: since_ms__.unwrap_or_default(),
                    location: location__,
                    missing: missing__.unwrap_or_default(),
                    on: on__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.StuckWait", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TakeSnapshotRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.deadline_ms.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.TakeSnapshotRequest", len)?;
        if let Some(v) = self.deadline_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deadlineMs", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TakeSnapshotRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "deadline_ms",
            "deadlineMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            DeadlineMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "deadlineMs" | "deadline_ms" => Ok(GeneratedField::DeadlineMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TakeSnapshotRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.TakeSnapshotRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TakeSnapshotRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut deadline_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::DeadlineMs => {
                            if deadline_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlineMs"));
                            }
                            deadline_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(TakeSnapshotRequest {
                    deadline_ms: deadline_ms__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.TakeSnapshotRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TakeSnapshotResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.snapshot.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.TakeSnapshotResponse", len)?;
        if let Some(v) = self.snapshot.as_ref() {
            struct_ser.serialize_field("snapshot", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TakeSnapshotResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "snapshot",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Snapshot,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "snapshot" => Ok(GeneratedField::Snapshot),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TakeSnapshotResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.TakeSnapshotResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TakeSnapshotResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut snapshot__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Snapshot => {
                            if snapshot__.is_some() {
                                return Err(serde::de::Error::duplicate_field("snapshot"));
                            }
                            snapshot__ = map_.next_value()?;
                        }
                    }
                }
                Ok(TakeSnapshotResponse {
                    snapshot: snapshot__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.TakeSnapshotResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Target {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.wait.is_some() {
            len += 1;
        }
        if self.on.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Target", len)?;
        if let Some(v) = self.wait.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("wait", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.on.as_ref() {
            match v {
                target::On::Task(v) => {
                    struct_ser.serialize_field("task", v)?;
                }
                target::On::Resource(v) => {
                    struct_ser.serialize_field("resource", v)?;
                }
                target::On::Call(v) => {
                    struct_ser.serialize_field("call", v)?;
                }
                target::On::Receive(v) => {
                    struct_ser.serialize_field("receive", v)?;
                }
                target::On::External(v) => {
                    struct_ser.serialize_field("external", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Target {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "wait",
            "task",
            "resource",
            "call",
            "receive",
            "external",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Wait,
            Task,
            Resource,
            Call,
            Receive,
            External,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "wait" => Ok(GeneratedField::Wait),
                            "task" => Ok(GeneratedField::Task),
                            "resource" => Ok(GeneratedField::Resource),
                            "call" => Ok(GeneratedField::Call),
                            "receive" => Ok(GeneratedField::Receive),
                            "external" => Ok(GeneratedField::External),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Target;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Target")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Target, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut wait__ = None;
                let mut on__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Wait => {
                            if wait__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wait"));
                            }
                            wait__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Task => {
                            if on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            on__ = map_.next_value::<::std::option::Option<_>>()?.map(target::On::Task)
;
                        }
                        GeneratedField::Resource => {
                            if on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resource"));
                            }
                            on__ = map_.next_value::<::std::option::Option<_>>()?.map(target::On::Resource)
;
                        }
                        GeneratedField::Call => {
                            if on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("call"));
                            }
                            on__ = map_.next_value::<::std::option::Option<_>>()?.map(target::On::Call)
;
                        }
                        GeneratedField::Receive => {
                            if on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receive"));
                            }
                            on__ = map_.next_value::<::std::option::Option<_>>()?.map(target::On::Receive)
;
                        }
                        GeneratedField::External => {
                            if on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("external"));
                            }
                            on__ = map_.next_value::<::std::option::Option<_>>()?.map(target::On::External)
;
                        }
                    }
                }
                Ok(Target {
                    wait: wait__,
                    on: on__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Target", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Task {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.label.is_empty() {
            len += 1;
        }
        if self.location.is_some() {
            len += 1;
        }
        if self.parent.is_some() {
            len += 1;
        }
        if self.weight != 0 {
            len += 1;
        }
        if self.since_ms != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Task", len)?;
        if !self.label.is_empty() {
            struct_ser.serialize_field("label", &self.label)?;
        }
        if let Some(v) = self.location.as_ref() {
            struct_ser.serialize_field("location", v)?;
        }
        if let Some(v) = self.parent.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("parent", ToString::to_string(&v).as_str())?;
        }
        if self.weight != 0 {
            struct_ser.serialize_field("weight", &self.weight)?;
        }
        if self.since_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sinceMs", ToString::to_string(&self.since_ms).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Task {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "label",
            "location",
            "parent",
            "weight",
            "since_ms",
            "sinceMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Label,
            Location,
            Parent,
            Weight,
            SinceMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "label" => Ok(GeneratedField::Label),
                            "location" => Ok(GeneratedField::Location),
                            "parent" => Ok(GeneratedField::Parent),
                            "weight" => Ok(GeneratedField::Weight),
                            "sinceMs" | "since_ms" => Ok(GeneratedField::SinceMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Task;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Task")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Task, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut label__ = None;
                let mut location__ = None;
                let mut parent__ = None;
                let mut weight__ = None;
                let mut since_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Label => {
                            if label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Location => {
                            if location__.is_some() {
                                return Err(serde::de::Error::duplicate_field("location"));
                            }
                            location__ = map_.next_value()?;
                        }
                        GeneratedField::Parent => {
                            if parent__.is_some() {
                                return Err(serde::de::Error::duplicate_field("parent"));
                            }
                            parent__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Weight => {
                            if weight__.is_some() {
                                return Err(serde::de::Error::duplicate_field("weight"));
                            }
                            weight__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::SinceMs => {
                            if since_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sinceMs"));
                            }
                            since_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Task {
                    label: label__.unwrap_or_default(),
                    location: location__,
                    parent: parent__,
                    weight: weight__.unwrap_or_default(),
                    since_ms: since_ms__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Task", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Terminated {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.label.is_empty() {
            len += 1;
        }
        if self.with_loss {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Terminated", len)?;
        if !self.label.is_empty() {
            struct_ser.serialize_field("label", &self.label)?;
        }
        if self.with_loss {
            struct_ser.serialize_field("withLoss", &self.with_loss)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Terminated {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "label",
            "with_loss",
            "withLoss",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Label,
            WithLoss,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "label" => Ok(GeneratedField::Label),
                            "withLoss" | "with_loss" => Ok(GeneratedField::WithLoss),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Terminated;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Terminated")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Terminated, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut label__ = None;
                let mut with_loss__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Label => {
                            if label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("label"));
                            }
                            label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::WithLoss => {
                            if with_loss__.is_some() {
                                return Err(serde::de::Error::duplicate_field("withLoss"));
                            }
                            with_loss__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Terminated {
                    label: label__.unwrap_or_default(),
                    with_loss: with_loss__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Terminated", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TerminationSelector {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.of.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.TerminationSelector", len)?;
        if let Some(v) = self.of.as_ref() {
            match v {
                termination_selector::Of::All(v) => {
                    struct_ser.serialize_field("all", v)?;
                }
                termination_selector::Of::Computation(v) => {
                    struct_ser.serialize_field("computation", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TerminationSelector {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "all",
            "computation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            All,
            Computation,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "all" => Ok(GeneratedField::All),
                            "computation" => Ok(GeneratedField::Computation),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TerminationSelector;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.TerminationSelector")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TerminationSelector, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut of__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::All => {
                            if of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("all"));
                            }
                            of__ = map_.next_value::<::std::option::Option<_>>()?.map(termination_selector::Of::All)
;
                        }
                        GeneratedField::Computation => {
                            if of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("computation"));
                            }
                            of__ = map_.next_value::<::std::option::Option<_>>()?.map(termination_selector::Of::Computation)
;
                        }
                    }
                }
                Ok(TerminationSelector {
                    of: of__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.TerminationSelector", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Token {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.computation.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Token", len)?;
        if let Some(v) = self.computation.as_ref() {
            struct_ser.serialize_field("computation", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Token {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "computation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Computation,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "computation" => Ok(GeneratedField::Computation),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Token;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Token")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Token, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut computation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Computation => {
                            if computation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("computation"));
                            }
                            computation__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Token {
                    computation: computation__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Token", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Unknown {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.doubts.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Unknown", len)?;
        if !self.doubts.is_empty() {
            struct_ser.serialize_field("doubts", &self.doubts)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Unknown {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "doubts",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Doubts,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "doubts" => Ok(GeneratedField::Doubts),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Unknown;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Unknown")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Unknown, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut doubts__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Doubts => {
                            if doubts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doubts"));
                            }
                            doubts__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Unknown {
                    doubts: doubts__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Unknown", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for UnknownContent {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.from.is_some() {
            len += 1;
        }
        if self.lane.is_some() {
            len += 1;
        }
        if !self.numbers.is_empty() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if self.cause != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.UnknownContent", len)?;
        if let Some(v) = self.from.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.lane.as_ref() {
            struct_ser.serialize_field("lane", v)?;
        }
        if !self.numbers.is_empty() {
            struct_ser.serialize_field("numbers", &self.numbers)?;
        }
        if let Some(v) = self.to.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("to", ToString::to_string(&v).as_str())?;
        }
        if self.cause != 0 {
            let v = Cause::try_from(self.cause)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.cause)))?;
            struct_ser.serialize_field("cause", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for UnknownContent {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "from",
            "lane",
            "numbers",
            "to",
            "cause",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            From,
            Lane,
            Numbers,
            To,
            Cause,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "from" => Ok(GeneratedField::From),
                            "lane" => Ok(GeneratedField::Lane),
                            "numbers" => Ok(GeneratedField::Numbers),
                            "to" => Ok(GeneratedField::To),
                            "cause" => Ok(GeneratedField::Cause),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = UnknownContent;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.UnknownContent")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<UnknownContent, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut from__ = None;
                let mut lane__ = None;
                let mut numbers__ = None;
                let mut to__ = None;
                let mut cause__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Lane => {
                            if lane__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            lane__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Numbers => {
                            if numbers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("numbers"));
                            }
                            numbers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value::<Cause>()? as i32);
                        }
                    }
                }
                Ok(UnknownContent {
                    from: from__,
                    lane: lane__,
                    numbers: numbers__.unwrap_or_default(),
                    to: to__,
                    cause: cause__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.UnknownContent", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for UnknownSender {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.process.is_some() {
            len += 1;
        }
        if self.cause != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.UnknownSender", len)?;
        if let Some(v) = self.process.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
        }
        if self.cause != 0 {
            let v = Cause::try_from(self.cause)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.cause)))?;
            struct_ser.serialize_field("cause", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for UnknownSender {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "process",
            "cause",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Process,
            Cause,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "process" => Ok(GeneratedField::Process),
                            "cause" => Ok(GeneratedField::Cause),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = UnknownSender;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.UnknownSender")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<UnknownSender, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut process__ = None;
                let mut cause__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Process => {
                            if process__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            process__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value::<Cause>()? as i32);
                        }
                    }
                }
                Ok(UnknownSender {
                    process: process__,
                    cause: cause__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.UnknownSender", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VectorClock {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.entries.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.VectorClock", len)?;
        if !self.entries.is_empty() {
            struct_ser.serialize_field("entries", &self.entries)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VectorClock {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "entries",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Entries,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "entries" => Ok(GeneratedField::Entries),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VectorClock;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.VectorClock")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VectorClock, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut entries__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Entries => {
                            if entries__.is_some() {
                                return Err(serde::de::Error::duplicate_field("entries"));
                            }
                            entries__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(VectorClock {
                    entries: entries__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.VectorClock", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Verdict {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.deployment.is_some() {
            len += 1;
        }
        if self.epoch.is_some() {
            len += 1;
        }
        if self.property.is_some() {
            len += 1;
        }
        if !self.assumptions.is_empty() {
            len += 1;
        }
        if self.outcome.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Verdict", len)?;
        if let Some(v) = self.deployment.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deployment", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.epoch.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("epoch", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.property.as_ref() {
            struct_ser.serialize_field("property", v)?;
        }
        if !self.assumptions.is_empty() {
            struct_ser.serialize_field("assumptions", &self.assumptions)?;
        }
        if let Some(v) = self.outcome.as_ref() {
            match v {
                verdict::Outcome::Holds(v) => {
                    struct_ser.serialize_field("holds", v)?;
                }
                verdict::Outcome::DoesNotHold(v) => {
                    struct_ser.serialize_field("doesNotHold", v)?;
                }
                verdict::Outcome::Unknown(v) => {
                    struct_ser.serialize_field("unknown", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Verdict {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "deployment",
            "epoch",
            "property",
            "assumptions",
            "holds",
            "does_not_hold",
            "doesNotHold",
            "unknown",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Deployment,
            Epoch,
            Property,
            Assumptions,
            Holds,
            DoesNotHold,
            Unknown,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "deployment" => Ok(GeneratedField::Deployment),
                            "epoch" => Ok(GeneratedField::Epoch),
                            "property" => Ok(GeneratedField::Property),
                            "assumptions" => Ok(GeneratedField::Assumptions),
                            "holds" => Ok(GeneratedField::Holds),
                            "doesNotHold" | "does_not_hold" => Ok(GeneratedField::DoesNotHold),
                            "unknown" => Ok(GeneratedField::Unknown),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Verdict;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Verdict")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Verdict, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut deployment__ = None;
                let mut epoch__ = None;
                let mut property__ = None;
                let mut assumptions__ = None;
                let mut outcome__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Deployment => {
                            if deployment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deployment"));
                            }
                            deployment__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Property => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("property"));
                            }
                            property__ = map_.next_value()?;
                        }
                        GeneratedField::Assumptions => {
                            if assumptions__.is_some() {
                                return Err(serde::de::Error::duplicate_field("assumptions"));
                            }
                            assumptions__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Holds => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holds"));
                            }
                            outcome__ = map_.next_value::<::std::option::Option<_>>()?.map(verdict::Outcome::Holds)
;
                        }
                        GeneratedField::DoesNotHold => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("doesNotHold"));
                            }
                            outcome__ = map_.next_value::<::std::option::Option<_>>()?.map(verdict::Outcome::DoesNotHold)
;
                        }
                        GeneratedField::Unknown => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unknown"));
                            }
                            outcome__ = map_.next_value::<::std::option::Option<_>>()?.map(verdict::Outcome::Unknown)
;
                        }
                    }
                }
                Ok(Verdict {
                    deployment: deployment__,
                    epoch: epoch__,
                    property: property__,
                    assumptions: assumptions__.unwrap_or_default(),
                    outcome: outcome__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Verdict", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerdictEvent {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.revision != 0 {
            len += 1;
        }
        if self.verdict.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.VerdictEvent", len)?;
        if self.revision != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("revision", ToString::to_string(&self.revision).as_str())?;
        }
        if let Some(v) = self.verdict.as_ref() {
            struct_ser.serialize_field("verdict", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VerdictEvent {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "revision",
            "verdict",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Revision,
            Verdict,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "revision" => Ok(GeneratedField::Revision),
                            "verdict" => Ok(GeneratedField::Verdict),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VerdictEvent;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.VerdictEvent")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VerdictEvent, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut revision__ = None;
                let mut verdict__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = map_.next_value()?;
                        }
                    }
                }
                Ok(VerdictEvent {
                    revision: revision__.unwrap_or_default(),
                    verdict: verdict__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.VerdictEvent", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerdictList {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.verdicts.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.VerdictList", len)?;
        if !self.verdicts.is_empty() {
            struct_ser.serialize_field("verdicts", &self.verdicts)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VerdictList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verdicts",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verdicts,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "verdicts" => Ok(GeneratedField::Verdicts),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VerdictList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.VerdictList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VerdictList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verdicts__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verdicts => {
                            if verdicts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdicts"));
                            }
                            verdicts__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(VerdictList {
                    verdicts: verdicts__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.VerdictList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerdictNotice {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        if self.state != 0 {
            len += 1;
        }
        if self.property.is_some() {
            len += 1;
        }
        if self.outcome != 0 {
            len += 1;
        }
        if !self.members.is_empty() {
            len += 1;
        }
        if !self.victims.is_empty() {
            len += 1;
        }
        if !self.objects.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.VerdictNotice", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.state != 0 {
            let v = VerdictState::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if let Some(v) = self.property.as_ref() {
            struct_ser.serialize_field("property", v)?;
        }
        if self.outcome != 0 {
            let v = OutcomeKind::try_from(self.outcome)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.outcome)))?;
            struct_ser.serialize_field("outcome", &v)?;
        }
        if !self.members.is_empty() {
            struct_ser.serialize_field("members", &self.members)?;
        }
        if !self.victims.is_empty() {
            struct_ser.serialize_field("victims", &self.victims)?;
        }
        if !self.objects.is_empty() {
            struct_ser.serialize_field("objects", &self.objects)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VerdictNotice {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "state",
            "property",
            "outcome",
            "members",
            "victims",
            "objects",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            State,
            Property,
            Outcome,
            Members,
            Victims,
            Objects,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "state" => Ok(GeneratedField::State),
                            "property" => Ok(GeneratedField::Property),
                            "outcome" => Ok(GeneratedField::Outcome),
                            "members" => Ok(GeneratedField::Members),
                            "victims" => Ok(GeneratedField::Victims),
                            "objects" => Ok(GeneratedField::Objects),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VerdictNotice;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.VerdictNotice")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VerdictNotice, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut state__ = None;
                let mut property__ = None;
                let mut outcome__ = None;
                let mut members__ = None;
                let mut victims__ = None;
                let mut objects__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<VerdictState>()? as i32);
                        }
                        GeneratedField::Property => {
                            if property__.is_some() {
                                return Err(serde::de::Error::duplicate_field("property"));
                            }
                            property__ = map_.next_value()?;
                        }
                        GeneratedField::Outcome => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcome"));
                            }
                            outcome__ = Some(map_.next_value::<OutcomeKind>()? as i32);
                        }
                        GeneratedField::Members => {
                            if members__.is_some() {
                                return Err(serde::de::Error::duplicate_field("members"));
                            }
                            members__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Victims => {
                            if victims__.is_some() {
                                return Err(serde::de::Error::duplicate_field("victims"));
                            }
                            victims__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Objects => {
                            if objects__.is_some() {
                                return Err(serde::de::Error::duplicate_field("objects"));
                            }
                            objects__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(VerdictNotice {
                    id: id__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    property: property__,
                    outcome: outcome__.unwrap_or_default(),
                    members: members__.unwrap_or_default(),
                    victims: victims__.unwrap_or_default(),
                    objects: objects__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.VerdictNotice", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerdictRecord {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        if self.state != 0 {
            len += 1;
        }
        if self.first_epoch != 0 {
            len += 1;
        }
        if self.last_epoch != 0 {
            len += 1;
        }
        if self.opened_at_ms.is_some() {
            len += 1;
        }
        if self.updated_at_ms.is_some() {
            len += 1;
        }
        if self.ended_at_ms.is_some() {
            len += 1;
        }
        if !self.end_cause.is_empty() {
            len += 1;
        }
        if self.verdict.is_some() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.VerdictRecord", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.state != 0 {
            let v = VerdictState::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if self.first_epoch != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("firstEpoch", ToString::to_string(&self.first_epoch).as_str())?;
        }
        if self.last_epoch != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lastEpoch", ToString::to_string(&self.last_epoch).as_str())?;
        }
        if let Some(v) = self.opened_at_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("openedAtMs", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.updated_at_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("updatedAtMs", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.ended_at_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("endedAtMs", ToString::to_string(&v).as_str())?;
        }
        if !self.end_cause.is_empty() {
            struct_ser.serialize_field("endCause", &self.end_cause)?;
        }
        if let Some(v) = self.verdict.as_ref() {
            struct_ser.serialize_field("verdict", v)?;
        }
        if self.revision != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("revision", ToString::to_string(&self.revision).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VerdictRecord {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "state",
            "first_epoch",
            "firstEpoch",
            "last_epoch",
            "lastEpoch",
            "opened_at_ms",
            "openedAtMs",
            "updated_at_ms",
            "updatedAtMs",
            "ended_at_ms",
            "endedAtMs",
            "end_cause",
            "endCause",
            "verdict",
            "revision",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            State,
            FirstEpoch,
            LastEpoch,
            OpenedAtMs,
            UpdatedAtMs,
            EndedAtMs,
            EndCause,
            Verdict,
            Revision,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "state" => Ok(GeneratedField::State),
                            "firstEpoch" | "first_epoch" => Ok(GeneratedField::FirstEpoch),
                            "lastEpoch" | "last_epoch" => Ok(GeneratedField::LastEpoch),
                            "openedAtMs" | "opened_at_ms" => Ok(GeneratedField::OpenedAtMs),
                            "updatedAtMs" | "updated_at_ms" => Ok(GeneratedField::UpdatedAtMs),
                            "endedAtMs" | "ended_at_ms" => Ok(GeneratedField::EndedAtMs),
                            "endCause" | "end_cause" => Ok(GeneratedField::EndCause),
                            "verdict" => Ok(GeneratedField::Verdict),
                            "revision" => Ok(GeneratedField::Revision),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VerdictRecord;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.VerdictRecord")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VerdictRecord, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut state__ = None;
                let mut first_epoch__ = None;
                let mut last_epoch__ = None;
                let mut opened_at_ms__ = None;
                let mut updated_at_ms__ = None;
                let mut ended_at_ms__ = None;
                let mut end_cause__ = None;
                let mut verdict__ = None;
                let mut revision__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<VerdictState>()? as i32);
                        }
                        GeneratedField::FirstEpoch => {
                            if first_epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("firstEpoch"));
                            }
                            first_epoch__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LastEpoch => {
                            if last_epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastEpoch"));
                            }
                            last_epoch__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::OpenedAtMs => {
                            if opened_at_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("openedAtMs"));
                            }
                            opened_at_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::UpdatedAtMs => {
                            if updated_at_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("updatedAtMs"));
                            }
                            updated_at_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::EndedAtMs => {
                            if ended_at_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endedAtMs"));
                            }
                            ended_at_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::EndCause => {
                            if end_cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endCause"));
                            }
                            end_cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = map_.next_value()?;
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(VerdictRecord {
                    id: id__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    first_epoch: first_epoch__.unwrap_or_default(),
                    last_epoch: last_epoch__.unwrap_or_default(),
                    opened_at_ms: opened_at_ms__,
                    updated_at_ms: updated_at_ms__,
                    ended_at_ms: ended_at_ms__,
                    end_cause: end_cause__.unwrap_or_default(),
                    verdict: verdict__,
                    revision: revision__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.VerdictRecord", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerdictState {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "VERDICT_STATE_UNSPECIFIED",
            Self::Open => "VERDICT_STATE_OPEN",
            Self::Holding => "VERDICT_STATE_HOLDING",
            Self::Ended => "VERDICT_STATE_ENDED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for VerdictState {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "VERDICT_STATE_UNSPECIFIED",
            "VERDICT_STATE_OPEN",
            "VERDICT_STATE_HOLDING",
            "VERDICT_STATE_ENDED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = VerdictState;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "VERDICT_STATE_UNSPECIFIED" => Ok(VerdictState::Unspecified),
                    "VERDICT_STATE_OPEN" => Ok(VerdictState::Open),
                    "VERDICT_STATE_HOLDING" => Ok(VerdictState::Holding),
                    "VERDICT_STATE_ENDED" => Ok(VerdictState::Ended),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for VersionRange {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.lowest.is_some() {
            len += 1;
        }
        if self.highest.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.VersionRange", len)?;
        if let Some(v) = self.lowest.as_ref() {
            struct_ser.serialize_field("lowest", v)?;
        }
        if let Some(v) = self.highest.as_ref() {
            struct_ser.serialize_field("highest", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VersionRange {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "lowest",
            "highest",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Lowest,
            Highest,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "lowest" => Ok(GeneratedField::Lowest),
                            "highest" => Ok(GeneratedField::Highest),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VersionRange;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.VersionRange")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VersionRange, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut lowest__ = None;
                let mut highest__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Lowest => {
                            if lowest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lowest"));
                            }
                            lowest__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Highest => {
                            if highest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("highest"));
                            }
                            highest__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(VersionRange {
                    lowest: lowest__,
                    highest: highest__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.VersionRange", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VictimPolicy {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "VICTIM_POLICY_UNSPECIFIED",
            Self::Youngest => "VICTIM_POLICY_YOUNGEST",
            Self::FewestHolds => "VICTIM_POLICY_FEWEST_HOLDS",
            Self::LeastWeight => "VICTIM_POLICY_LEAST_WEIGHT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for VictimPolicy {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "VICTIM_POLICY_UNSPECIFIED",
            "VICTIM_POLICY_YOUNGEST",
            "VICTIM_POLICY_FEWEST_HOLDS",
            "VICTIM_POLICY_LEAST_WEIGHT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = VictimPolicy;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "VICTIM_POLICY_UNSPECIFIED" => Ok(VictimPolicy::Unspecified),
                    "VICTIM_POLICY_YOUNGEST" => Ok(VictimPolicy::Youngest),
                    "VICTIM_POLICY_FEWEST_HOLDS" => Ok(VictimPolicy::FewestHolds),
                    "VICTIM_POLICY_LEAST_WEIGHT" => Ok(VictimPolicy::LeastWeight),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Wait {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.task.is_some() {
            len += 1;
        }
        if self.need.is_some() {
            len += 1;
        }
        if self.of.is_some() {
            len += 1;
        }
        if self.since_ms != 0 {
            len += 1;
        }
        if self.deadline_ms.is_some() {
            len += 1;
        }
        if self.location.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Wait", len)?;
        if let Some(v) = self.task.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("task", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.need.as_ref() {
            struct_ser.serialize_field("need", v)?;
        }
        if let Some(v) = self.of.as_ref() {
            struct_ser.serialize_field("of", v)?;
        }
        if self.since_ms != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sinceMs", ToString::to_string(&self.since_ms).as_str())?;
        }
        if let Some(v) = self.deadline_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deadlineMs", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.location.as_ref() {
            struct_ser.serialize_field("location", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Wait {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "need",
            "of",
            "since_ms",
            "sinceMs",
            "deadline_ms",
            "deadlineMs",
            "location",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Need,
            Of,
            SinceMs,
            DeadlineMs,
            Location,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "need" => Ok(GeneratedField::Need),
                            "of" => Ok(GeneratedField::Of),
                            "sinceMs" | "since_ms" => Ok(GeneratedField::SinceMs),
                            "deadlineMs" | "deadline_ms" => Ok(GeneratedField::DeadlineMs),
                            "location" => Ok(GeneratedField::Location),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Wait;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Wait")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Wait, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut need__ = None;
                let mut of__ = None;
                let mut since_ms__ = None;
                let mut deadline_ms__ = None;
                let mut location__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Need => {
                            if need__.is_some() {
                                return Err(serde::de::Error::duplicate_field("need"));
                            }
                            need__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Of => {
                            if of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("of"));
                            }
                            of__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::SinceMs => {
                            if since_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sinceMs"));
                            }
                            since_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::DeadlineMs => {
                            if deadline_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deadlineMs"));
                            }
                            deadline_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Location => {
                            if location__.is_some() {
                                return Err(serde::de::Error::duplicate_field("location"));
                            }
                            location__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Wait {
                    task: task__,
                    need: need__,
                    of: of__,
                    since_ms: since_ms__.unwrap_or_default(),
                    deadline_ms: deadline_ms__,
                    location: location__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Wait", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WaitOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "WAIT_OUTCOME_UNSPECIFIED",
            Self::Terminated => "WAIT_OUTCOME_TERMINATED",
            Self::TerminatedWithLoss => "WAIT_OUTCOME_TERMINATED_WITH_LOSS",
            Self::Timeout => "WAIT_OUTCOME_TIMEOUT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for WaitOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "WAIT_OUTCOME_UNSPECIFIED",
            "WAIT_OUTCOME_TERMINATED",
            "WAIT_OUTCOME_TERMINATED_WITH_LOSS",
            "WAIT_OUTCOME_TIMEOUT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = WaitOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "WAIT_OUTCOME_UNSPECIFIED" => Ok(WaitOutcome::Unspecified),
                    "WAIT_OUTCOME_TERMINATED" => Ok(WaitOutcome::Terminated),
                    "WAIT_OUTCOME_TERMINATED_WITH_LOSS" => Ok(WaitOutcome::TerminatedWithLoss),
                    "WAIT_OUTCOME_TIMEOUT" => Ok(WaitOutcome::Timeout),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for WaitTerminationRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.computation.is_some() {
            len += 1;
        }
        if self.timeout_ms.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.WaitTerminationRequest", len)?;
        if let Some(v) = self.computation.as_ref() {
            struct_ser.serialize_field("computation", v)?;
        }
        if let Some(v) = self.timeout_ms.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("timeoutMs", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WaitTerminationRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "computation",
            "timeout_ms",
            "timeoutMs",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Computation,
            TimeoutMs,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "computation" => Ok(GeneratedField::Computation),
                            "timeoutMs" | "timeout_ms" => Ok(GeneratedField::TimeoutMs),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WaitTerminationRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.WaitTerminationRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WaitTerminationRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut computation__ = None;
                let mut timeout_ms__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Computation => {
                            if computation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("computation"));
                            }
                            computation__ = map_.next_value()?;
                        }
                        GeneratedField::TimeoutMs => {
                            if timeout_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("timeoutMs"));
                            }
                            timeout_ms__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(WaitTerminationRequest {
                    computation: computation__,
                    timeout_ms: timeout_ms__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.WaitTerminationRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WaitTerminationResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.outcome != 0 {
            len += 1;
        }
        if self.verdict.is_some() {
            len += 1;
        }
        if self.not_created {
            len += 1;
        }
        if !self.others.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.WaitTerminationResponse", len)?;
        if self.outcome != 0 {
            let v = WaitOutcome::try_from(self.outcome)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.outcome)))?;
            struct_ser.serialize_field("outcome", &v)?;
        }
        if let Some(v) = self.verdict.as_ref() {
            struct_ser.serialize_field("verdict", v)?;
        }
        if self.not_created {
            struct_ser.serialize_field("notCreated", &self.not_created)?;
        }
        if !self.others.is_empty() {
            struct_ser.serialize_field("others", &self.others)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WaitTerminationResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcome",
            "verdict",
            "not_created",
            "notCreated",
            "others",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcome,
            Verdict,
            NotCreated,
            Others,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcome" => Ok(GeneratedField::Outcome),
                            "verdict" => Ok(GeneratedField::Verdict),
                            "notCreated" | "not_created" => Ok(GeneratedField::NotCreated),
                            "others" => Ok(GeneratedField::Others),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WaitTerminationResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.WaitTerminationResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WaitTerminationResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcome__ = None;
                let mut verdict__ = None;
                let mut not_created__ = None;
                let mut others__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcome => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcome"));
                            }
                            outcome__ = Some(map_.next_value::<WaitOutcome>()? as i32);
                        }
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = map_.next_value()?;
                        }
                        GeneratedField::NotCreated => {
                            if not_created__.is_some() {
                                return Err(serde::de::Error::duplicate_field("notCreated"));
                            }
                            not_created__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Others => {
                            if others__.is_some() {
                                return Err(serde::de::Error::duplicate_field("others"));
                            }
                            others__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(WaitTerminationResponse {
                    outcome: outcome__.unwrap_or_default(),
                    verdict: verdict__,
                    not_created: not_created__.unwrap_or_default(),
                    others: others__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.WaitTerminationResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Waker {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.waker.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Waker", len)?;
        if let Some(v) = self.waker.as_ref() {
            match v {
                waker::Waker::Task(v) => {
                    struct_ser.serialize_field("task", v)?;
                }
                waker::Waker::Process(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("process", ToString::to_string(&v).as_str())?;
                }
                waker::Waker::Lane(v) => {
                    struct_ser.serialize_field("lane", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Waker {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "process",
            "lane",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Process,
            Lane,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "process" => Ok(GeneratedField::Process),
                            "lane" => Ok(GeneratedField::Lane),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Waker;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Waker")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Waker, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut waker__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if waker__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            waker__ = map_.next_value::<::std::option::Option<_>>()?.map(waker::Waker::Task)
;
                        }
                        GeneratedField::Process => {
                            if waker__.is_some() {
                                return Err(serde::de::Error::duplicate_field("process"));
                            }
                            waker__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| waker::Waker::Process(x.0));
                        }
                        GeneratedField::Lane => {
                            if waker__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lane"));
                            }
                            waker__ = map_.next_value::<::std::option::Option<_>>()?.map(waker::Waker::Lane)
;
                        }
                    }
                }
                Ok(Waker {
                    waker: waker__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Waker", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WatchVerdictsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.from_revision.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.WatchVerdictsRequest", len)?;
        if let Some(v) = self.from_revision.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("fromRevision", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WatchVerdictsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "from_revision",
            "fromRevision",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FromRevision,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "fromRevision" | "from_revision" => Ok(GeneratedField::FromRevision),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WatchVerdictsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.WatchVerdictsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WatchVerdictsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut from_revision__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FromRevision => {
                            if from_revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fromRevision"));
                            }
                            from_revision__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(WatchVerdictsRequest {
                    from_revision: from_revision__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.WatchVerdictsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WatchVerdictsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.event.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.WatchVerdictsResponse", len)?;
        if let Some(v) = self.event.as_ref() {
            struct_ser.serialize_field("event", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WatchVerdictsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Event,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "event" => Ok(GeneratedField::Event),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WatchVerdictsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.WatchVerdictsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WatchVerdictsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = map_.next_value()?;
                        }
                    }
                }
                Ok(WatchVerdictsResponse {
                    event: event__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.WatchVerdictsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Welcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.version.is_some() {
            len += 1;
        }
        if self.given.is_some() {
            len += 1;
        }
        if self.window.is_some() {
            len += 1;
        }
        if self.known.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("stillpoint.v1.Welcome", len)?;
        if let Some(v) = self.version.as_ref() {
            struct_ser.serialize_field("version", v)?;
        }
        if let Some(v) = self.given.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("given", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.window.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("window", ToString::to_string(&v).as_str())?;
        }
        if let Some(v) = self.known.as_ref() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("known", ToString::to_string(&v).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Welcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "given",
            "window",
            "known",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Given,
            Window,
            Known,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "version" => Ok(GeneratedField::Version),
                            "given" => Ok(GeneratedField::Given),
                            "window" => Ok(GeneratedField::Window),
                            "known" => Ok(GeneratedField::Known),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Welcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct stillpoint.v1.Welcome")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Welcome, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut given__ = None;
                let mut window__ = None;
                let mut known__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Given => {
                            if given__.is_some() {
                                return Err(serde::de::Error::duplicate_field("given"));
                            }
                            given__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Window => {
                            if window__.is_some() {
                                return Err(serde::de::Error::duplicate_field("window"));
                            }
                            window__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Known => {
                            if known__.is_some() {
                                return Err(serde::de::Error::duplicate_field("known"));
                            }
                            known__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                    }
                }
                Ok(Welcome {
                    version: version__,
                    given: given__,
                    window: window__,
                    known: known__,
                })
            }
        }
        deserializer.deserialize_struct("stillpoint.v1.Welcome", FIELDS, GeneratedVisitor)
    }
}
