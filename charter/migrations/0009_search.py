import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# The dictionary of each language's own configuration. Its stop words are kept as they are: in a
# treaty, "not" and "or" are words like any other.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

CASES = "".join(f" WHEN '{code}' THEN '{name}_stem'" for code, name in STEMMERS.items())

FUNCTIONS = f"""
CREATE FUNCTION charter_dictionary(language text) RETURNS regdictionary
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT ('pg_catalog.' || CASE split_part(replace(lower(language), '_', '-'), '-', 1){CASES}
          ELSE 'simple' END)::regdictionary
$$;
CREATE FUNCTION charter_stem(language text, word text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce((ts_lexize(charter_dictionary(language), word))[1], word)
$$;
CREATE FUNCTION charter_is_stop_word(language text, word text) RETURNS boolean
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce(cardinality(ts_lexize(charter_dictionary(language), word)) = 0, false)
$$;
"""

NO_FUNCTIONS = """
DROP FUNCTION charter_is_stop_word(text, text);
DROP FUNCTION charter_stem(text, text);
DROP FUNCTION charter_dictionary(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('charter', '0008_invitations'),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.CreateModel(
            name='SearchState',
            fields=[
                ('charter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='charter.charter')),
                ('number', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='SoughtChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=16)),
                ('number', models.PositiveIntegerField()),
                ('came', django.contrib.postgres.search.SearchVectorField()),
                ('gone', django.contrib.postgres.search.SearchVectorField()),
                ('charter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charter.charter')),
                ('clause', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charter.clause')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['came', 'gone'], name='sought_changes')],
                'constraints': [models.UniqueConstraint(fields=('charter', 'clause', 'language', 'number'), name='one_sought_change')],
            },
        ),
        migrations.CreateModel(
            name='SoughtComment',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='charter.comment')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charter.charter')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='sought_comments')],
            },
        ),
        migrations.CreateModel(
            name='SoughtWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=16)),
                ('form', models.TextField()),
                ('plain', models.TextField()),
                ('stem', models.TextField()),
                ('plain_stem', models.TextField()),
                ('trigrams', django.contrib.postgres.search.SearchVectorField()),
                ('charter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charter.charter')),
            ],
            options={
                'indexes': [models.Index(fields=['charter', 'language', 'stem'], name='form_by_stem'), models.Index(fields=['charter', 'language', 'plain_stem'], name='form_by_plain_stem'), models.Index(models.F('charter'), models.F('language'), django.contrib.postgres.indexes.OpClass('plain', name='text_pattern_ops'), name='form_by_beginning'), django.contrib.postgres.indexes.GinIndex(fields=['trigrams'], name='form_by_likeness')],
                'constraints': [models.UniqueConstraint(fields=('charter', 'language', 'form'), name='one_form')],
            },
        ),
        migrations.CreateModel(
            name='SoughtWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=16)),
                ('number', models.PositiveIntegerField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('charter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charter.charter')),
                ('clause', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='charter.clause')),
            ],
            options={
                'indexes': [models.Index(fields=['charter', 'language'], name='sought_of_charter'), django.contrib.postgres.indexes.GinIndex(fields=['words'], name='sought_words')],
                'constraints': [models.UniqueConstraint(fields=('clause', 'language'), name='one_sought_wording')],
            },
        ),
    ]
